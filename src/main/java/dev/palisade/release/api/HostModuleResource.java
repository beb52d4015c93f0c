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
@Path("/hosts/{name}/{file: module\\.nix|module\\.tar\\.gz|sysctl\\.conf}")
public class HostModuleResource {

  @Inject private ReadReleases releases;

  @GET
  public Response file(@PathParam("name") String name, @PathParam("file") String file) {
    Release release = releases.offeredTo(name).getRelease();
    Response.ResponseBuilder answer =
        switch (file) {
          case "module.nix" -> Response.ok(release.getModule(), PreviewResource.TEXT);
          case "sysctl.conf" -> Response.ok(release.sysctlConf(), PreviewResource.TEXT);
          default -> Response.ok(release.archive(), PreviewResource.GZIP);
        };
    return answer.tag(new EntityTag(release.getDigest().hex() + "-" + file)).build();
  }
}
