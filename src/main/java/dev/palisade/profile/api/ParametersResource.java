package dev.palisade.profile.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.profile.Leeway;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ParametersCheck;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.application.DraftVersion;
import dev.palisade.profile.application.ReadProfiles;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What a version leaves to operators. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/parameters")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ParametersResource {

  /** A parameter, and what an operator's choice can do to each setting that uses it. */
  public record ParameterView(JsonNode parameter, List<UseView> uses) {}

  /** A setting that uses a parameter. */
  public record UseView(String key, boolean weakens, String why) {

    static UseView of(Leeway leeway) {
      return new UseView(leeway.key(), leeway.weakens(), leeway.why());
    }
  }

  @Inject private ReadProfiles profiles;
  @Inject private DraftVersion draft;
  @Inject private VersionAnswers answers;
  @Inject private Catalog catalog;

  @GET
  public Page<ParameterView> list(@PathParam("slug") String slug, @PathParam("number") int number) {
    VersionContent content = profiles.version(slug, number).content();
    return Page.whole(content.parameters().stream().map(p -> view(p, content)).toList());
  }

  private ParameterView view(Parameter parameter, VersionContent content) {
    return new ParameterView(
        parameter.toJson(),
        Leeway.of(parameter, content, catalog).stream().map(UseView::of).toList());
  }

  @PUT
  public Response replace(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @HeaderParam("If-Match") String expected,
      List<ParametersCheck.Entry> entries) {
    return answers
        .of(draft.parameters(slug, number, entries, ProfilesResource.tag(expected)))
        .build();
  }
}
