package dev.palisade.profile.api;

import static java.util.stream.Collectors.groupingBy;

import dev.palisade.core.Page;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.ReviewComment;
import dev.palisade.profile.api.ProfilesResource.VersionView;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.ReadReviews;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Versions with all that was decided and said about them, as the API answers. */
@RequestScoped
public class VersionAnswers {

  @Inject private ReadProfiles profiles;
  @Inject private ReadReviews reviews;

  /** One version, tagged with its digest. */
  Response.ResponseBuilder of(ProfileVersion version) {
    List<ReviewComment> comments =
        reviews.comments(version.getProfile().getSlug(), version.getNumber());
    return Response.ok(VersionView.of(version, comments))
        .tag(new EntityTag(version.getDigest().hex()));
  }

  /** The versions of a profile, newest first. */
  Page<VersionView> all(String slug) {
    Map<Integer, List<ReviewComment>> comments =
        reviews.comments(slug).stream().collect(groupingBy(c -> c.getAbout().getNumber()));
    return Page.whole(
        profiles.versions(slug).stream()
            .map(v -> VersionView.of(v, comments.getOrDefault(v.getNumber(), List.of())))
            .toList());
  }
}
