package dev.palisade.assignment.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.assignment.application.AssignProfiles;
import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;

/** The profiles of a host. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/hosts/{name}/profiles")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class HostProfilesResource {

  @Inject private AssignProfiles assign;

  @GET
  public Page<String> list(@PathParam("name") String name) {
    return Page.whole(assign.of(name));
  }

  /** As a node, because the server reads a list of texts in its own, lax way. */
  @PUT
  public Page<String> replace(@PathParam("name") String name, JsonNode slugs) {
    if (slugs == null || !slugs.isArray()) {
      throw DomainException.notValid("", "A list of slugs belongs here.");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode slug : slugs) {
      if (!slug.isTextual()) {
        throw DomainException.notValid("/" + texts.size(), "A profile is named by its slug.");
      }
      texts.add(slug.textValue());
    }
    return Page.whole(assign.assign(name, texts));
  }
}
