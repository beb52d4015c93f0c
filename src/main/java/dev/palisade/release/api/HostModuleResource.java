package dev.palisade.release.api;

import dev.palisade.core.Digest;
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
import java.nio.charset.StandardCharsets;

/** The release that a host was offered last, as files. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/hosts/{name}/{file: module\\.nix|module\\.tar\\.gz|sysctl\\.conf}")
public class HostModuleResource {

  @Inject private ReadReleases releases;

  @GET
  public Response file(@PathParam("name") String name, @PathParam("file") String file) {
    Release release = releases.offeredTo(name).getRelease();
    byte[] bytes =
        switch (file) {
          case "module.nix" -> release.getModule().getBytes(StandardCharsets.UTF_8);
          case "sysctl.conf" -> release.sysctlConf().getBytes(StandardCharsets.UTF_8);
          default -> release.archive();
        };
    return Response.ok(bytes, file.endsWith(".gz") ? PreviewResource.GZIP : PreviewResource.TEXT)
        .tag(new EntityTag(Digest.of(bytes).hex()))
        .build();
  }
}
