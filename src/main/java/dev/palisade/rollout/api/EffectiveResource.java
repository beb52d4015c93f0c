package dev.palisade.rollout.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.assignment.WaiverInForce;
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
import java.time.Instant;
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

  /**
   * A setting; {@code pending} is what the newest approved versions would make of it.
   *
   * @param waiver what holds now for this host and setting, or null
   */
  public record RowView(
      String key, SourceView offered, SourceView pending, boolean changes, WaiverView waiver) {

    static RowView of(Row row) {
      return new RowView(
          row.key(),
          SourceView.of(row.offered()),
          SourceView.of(row.pending()),
          row.isPending(),
          WaiverView.of(row.waiver()));
    }
  }

  /** A waiver in force. */
  public record WaiverView(
      long id, String effect, JsonNode value, String reason, Instant expiresAt) {

    static WaiverView of(WaiverInForce w) {
      return w == null
          ? null
          : new WaiverView(
              w.id(),
              w.effect().code(),
              w.value() == null ? null : w.value().toJson(),
              w.reason(),
              w.expiresAt());
    }
  }

  /**
   * A value, the version that decides it, and the parameters whose values are in it.
   *
   * @param value null where a waiver leaves the setting out
   * @param waiver {@code value} or {@code unmanaged} where it comes from a waiver, else null
   * @param asked what the version asks for where it does, else null
   */
  public record SourceView(
      JsonNode value,
      String profile,
      int number,
      List<String> parameters,
      String waiver,
      JsonNode asked) {

    static SourceView of(Source source) {
      return source == null
          ? null
          : new SourceView(
              source.value() == null ? null : source.value().toJson(),
              source.layer().slug(),
              source.layer().number(),
              source.parameters(),
              source.waived() == null ? null : source.waived().effect(),
              source.waived() == null ? null : source.waived().asked().toJson());
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
