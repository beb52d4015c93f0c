package dev.palisade.rollout.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.audit.LockOut;
import dev.palisade.core.Surface;
import dev.palisade.rollout.application.ReadEffective;
import dev.palisade.rollout.application.ReadEffective.Effective;
import dev.palisade.rollout.application.ReadEffective.Row;
import dev.palisade.rollout.application.ReadEffective.Source;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What a host is expected to run, and what the next rollout would make of it. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/hosts/{name}/effective")
@Produces(MediaType.APPLICATION_JSON)
public class EffectiveResource {

  /**
   * Both sides, setting by setting.
   *
   * @param release the digest of the release last offered, or null
   * @param refused why a rollout of the newest approved versions would refuse the host, or null
   * @param lockOuts what it would be refused for unless somebody lets it through
   */
  public record EffectiveView(
      String release, String refused, List<LockOut> lockOuts, List<RowView> settings) {}

  /** A setting; {@code pending} is what the newest approved versions would make of it. */
  public record RowView(String key, SourceView offered, SourceView pending, boolean changes) {

    static RowView of(Row row) {
      return new RowView(
          row.key(), SourceView.of(row.offered()), SourceView.of(row.pending()), row.isPending());
    }
  }

  /** A value, the version that decides it, and the parameters whose values are in it. */
  public record SourceView(JsonNode value, String profile, int number, List<String> parameters) {

    static SourceView of(Source source) {
      return source == null
          ? null
          : new SourceView(
              source.value().toJson(),
              source.layer().slug(),
              source.layer().number(),
              source.parameters());
    }
  }

  @Inject private ReadEffective read;

  @GET
  public EffectiveView effective(@PathParam("name") String name) {
    Effective effective = read.of(name);
    return new EffectiveView(
        effective.offer() == null ? null : effective.offer().getRelease().getDigest().hex(),
        effective.refused(),
        effective.reach().lockOuts(),
        effective.rows().stream().map(RowView::of).toList());
  }
}
