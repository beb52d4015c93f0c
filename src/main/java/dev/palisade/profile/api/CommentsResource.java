package dev.palisade.profile.api;

import dev.palisade.core.Digest;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.profile.ReviewComment;
import dev.palisade.profile.application.CommentOnVersion;
import dev.palisade.profile.application.CompareVersions.Against;
import dev.palisade.profile.application.ReadReviews;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What people say about a version before it is decided. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/comments")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CommentsResource {

  /**
   * A comment to make.
   *
   * @param key a setting; null for the version as a whole
   * @param digest the content that was read; null for the content as it is now
   */
  public record CommentBody(String key, String text, String digest) {}

  @Inject private ReadReviews reviews;
  @Inject private CommentOnVersion comment;

  @GET
  public Page<CommentView> list(@PathParam("slug") String slug, @PathParam("number") int number) {
    return Page.whole(reviews.comments(slug, number).stream().map(CommentView::of).toList());
  }

  @POST
  public Response say(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @QueryParam("against") String against,
      @QueryParam("againstProfile") String againstProfile,
      CommentBody body) {
    ReviewComment said =
        comment.say(
            slug,
            number,
            body.key(),
            body.text(),
            body.digest() == null ? null : new Digest(body.digest()),
            Against.of(againstProfile, against));
    return Response.status(Response.Status.CREATED).entity(CommentView.of(said)).build();
  }
}
