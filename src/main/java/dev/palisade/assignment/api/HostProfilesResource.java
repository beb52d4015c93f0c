package dev.palisade.assignment.api;

import dev.palisade.assignment.application.AssignProfiles;
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

  @PUT
  public Page<String> replace(@PathParam("name") String name, List<String> slugs) {
    return Page.whole(assign.assign(name, slugs));
  }
}
