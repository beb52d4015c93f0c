package dev.palisade.profile.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Surface;
import dev.palisade.profile.application.DraftVersion;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Which version a version lies over. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/extends")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ExtendsResource {

  /** The version to lie over. */
  public record Base(String slug, int number) {}

  @Inject private DraftVersion draft;
  @Inject private VersionAnswers answers;

  @PUT
  public Response extend(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @HeaderParam("If-Match") String expected,
      Base base) {
    if (base.slug() == null) {
      throw DomainException.notValid("/slug", "Name the profile whose version it lies over.");
    }
    return answers
        .of(draft.extend(slug, number, base.slug(), base.number(), ProfilesResource.tag(expected)))
        .build();
  }

  @DELETE
  @Consumes(MediaType.WILDCARD)
  public Response standAlone(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @HeaderParam("If-Match") String expected) {
    return answers.of(draft.extend(slug, number, null, 0, ProfilesResource.tag(expected))).build();
  }
}
