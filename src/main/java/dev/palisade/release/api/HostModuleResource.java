package dev.palisade.release.api;

import dev.palisade.core.Surface;
import dev.palisade.release.Release;
import dev.palisade.release.application.ReadReleases;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;

/** The release that a host was offered last, as files. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/hosts/{name}/{file: module\\.nix|module\\.tar\\.gz}")
public class HostModuleResource {

  @Inject private ReadReleases releases;

  @GET
  public Response file(@PathParam("name") String name, @PathParam("file") String file) {
    Release release = releases.offeredTo(name).getRelease();
    boolean text = file.equals("module.nix");
    return Response.ok()
        .type(text ? PreviewResource.TEXT : PreviewResource.GZIP)
        .entity(text ? release.getModule() : release.archive())
        .tag(new EntityTag(release.getDigest().hex()))
        .build();
  }
}
