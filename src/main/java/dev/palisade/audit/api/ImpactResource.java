package dev.palisade.audit.api;

import dev.palisade.audit.HostImpact;
import dev.palisade.audit.application.ForetellImpact;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What a version would do to each host that has its profile. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/impact")
@Produces(MediaType.APPLICATION_JSON)
public class ImpactResource {

  @Inject private ForetellImpact foretell;

  @GET
  public Page<HostImpact> impact(@PathParam("slug") String slug, @PathParam("number") int number) {
    return Page.whole(foretell.of(slug, number));
  }
}
