package dev.palisade.profile.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palisade.catalog.Direction;
import dev.palisade.core.Surface;
import dev.palisade.profile.ParameterChange;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionDiff;
import dev.palisade.profile.VersionDiff.Change;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.application.CompareVersions;
import dev.palisade.profile.application.CompareVersions.Against;
import dev.palisade.profile.application.CompareVersions.Comparison;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;

/** What a version changes, and what that does to its strength. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/diff")
@Produces(MediaType.APPLICATION_JSON)
public class DiffResource {

  /**
   * One thing that changes; {@code from} is null where it is added, {@code to} where removed.
   *
   * @param what setting; inherited, for a setting of a version that lies under it; parameter;
   *     extends
   */
  public record ChangeView(
      String what,
      String key,
      String change,
      JsonNode from,
      JsonNode to,
      String direction,
      String why) {

    static ChangeView of(String what, Change change) {
      return new ChangeView(
          what,
          change.key(),
          change.kind().code(),
          value(change.from()),
          value(change.to()),
          change.direction().code(),
          change.why());
    }

    private static JsonNode value(ProfileSetting setting) {
      return setting == null ? null : setting.value().toJson();
    }

    static ChangeView of(ParameterChange change) {
      return new ChangeView(
          "parameter",
          change.name(),
          change(change.from(), change.to()),
          change.from() == null ? null : change.from().toJson(),
          change.to() == null ? null : change.to().toJson(),
          change.direction().code(),
          change.why());
    }

    static ChangeView moved(VersionRef from, VersionRef to) {
      return new ChangeView(
          "extends",
          to == null ? from.slug() : to.slug(),
          change(from, to),
          from == null ? null : TextNode.valueOf(from.describe()),
          to == null ? null : TextNode.valueOf(to.describe()),
          Direction.UNKNOWN.code(),
          "What changes by it is listed as inherited.");
    }

    private static String change(Object from, Object to) {
      return from == null ? "added" : to == null ? "removed" : "changed";
    }
  }

  @Inject private CompareVersions compare;

  @GET
  public List<ChangeView> diff(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @QueryParam("against") String against,
      @QueryParam("againstProfile") String againstProfile) {
    Comparison comparison = compare.compare(slug, number, Against.of(againstProfile, against));
    VersionDiff diff = comparison.diff();
    List<ChangeView> changes = new ArrayList<>();
    diff.changes().forEach(change -> changes.add(ChangeView.of("setting", change)));
    comparison.inherited().forEach(change -> changes.add(ChangeView.of("inherited", change)));
    diff.parameters().forEach(change -> changes.add(ChangeView.of(change)));
    if (diff.isMoved()) {
      changes.add(ChangeView.moved(diff.from(), diff.to()));
    }
    return changes;
  }
}
