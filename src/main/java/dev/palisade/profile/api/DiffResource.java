package dev.palisade.profile.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.core.Surface;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionDiff.Change;
import dev.palisade.profile.application.CompareVersions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What a version changes, and what that does to its strength. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/diff")
@Produces(MediaType.APPLICATION_JSON)
public class DiffResource {

  /** One setting that changes; {@code from} is null where it is added, {@code to} where removed. */
  public record ChangeView(
      String key, String change, JsonNode from, JsonNode to, String direction, String why) {

    static ChangeView of(Change change) {
      return new ChangeView(
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
  }

  @Inject private CompareVersions compare;

  @GET
  public List<ChangeView> diff(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @QueryParam("against") Integer against,
      @QueryParam("againstProfile") String againstProfile) {
    return compare.compare(slug, number, againstProfile, against).diff().changes().stream()
        .map(ChangeView::of)
        .toList();
  }
}
