package dev.palisade.release.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Surface;
import dev.palisade.release.FleetRelease;
import dev.palisade.release.application.ReadReleases;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;

/** What a delivery token fetches now, for people who read it; nothing counts as fetched by it. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/delivery-tokens/{id: [0-9]{1,18}}/fleet.tar.gz")
public class FleetReleaseResource {

  @Inject private ReadReleases releases;

  @GET
  public Response file(@PathParam("id") long id) {
    FleetRelease fleet =
        releases
            .fetchedBy(id)
            .orElseThrow(
                () -> DomainException.notFound("release for delivery token", String.valueOf(id)));
    return Response.ok(fleet.archive(), PreviewResource.GZIP)
        .tag(new EntityTag(fleet.digest().hex()))
        .build();
  }
}
