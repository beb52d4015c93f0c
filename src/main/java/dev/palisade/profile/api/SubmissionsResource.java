package dev.palisade.profile.api;

import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.profile.Submission;
import dev.palisade.profile.application.ReadReviews;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** What of a version was in review when. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/submissions")
@Produces(MediaType.APPLICATION_JSON)
public class SubmissionsResource {

  /**
   * One request for review.
   *
   * @param current whether the version still has the content that was in review then
   */
  public record SubmissionView(String digest, String person, Instant submittedAt, boolean current) {

    static SubmissionView of(Submission s) {
      return new SubmissionView(
          s.getDigest().hex(), s.getPerson(), s.getSubmittedAt(), s.isCurrent());
    }
  }

  @Inject private ReadReviews reviews;

  @GET
  public Page<SubmissionView> list(
      @PathParam("slug") String slug, @PathParam("number") int number) {
    return Page.whole(reviews.submissions(slug, number).stream().map(SubmissionView::of).toList());
  }
}
