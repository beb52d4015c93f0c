package dev.palisade.release.api;

import dev.palisade.core.Surface;
import dev.palisade.release.Offer;
import dev.palisade.release.application.PreviewVersion;
import dev.palisade.release.application.ReadReleases;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Previews of versions, and the release that a host was offered. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/")
public class ModulesResource {

  private static final String VERSION = "profiles/{slug}/versions/{number}";
  private static final String GZIP = "application/gzip";
  private static final String TEXT = "text/plain;charset=UTF-8";

  @Inject private PreviewVersion preview;
  @Inject private ReadReleases releases;

  @GET
  @Path(VERSION + "/module.nix")
  @Produces(TEXT)
  public String module(@PathParam("slug") String slug, @PathParam("number") int number) {
    return preview.module(slug, number);
  }

  @GET
  @Path(VERSION + "/module.tar.gz")
  @Produces(GZIP)
  public byte[] archive(@PathParam("slug") String slug, @PathParam("number") int number) {
    return preview.archive(slug, number);
  }

  @GET
  @Path(VERSION + "/sysctl.conf")
  @Produces(TEXT)
  public String sysctl(@PathParam("slug") String slug, @PathParam("number") int number) {
    return preview.sysctlConf(slug, number);
  }

  @GET
  @Path(VERSION + "/version.json")
  @Produces(MediaType.APPLICATION_JSON)
  public String json(@PathParam("slug") String slug, @PathParam("number") int number) {
    return preview.json(slug, number);
  }

  @GET
  @Path("hosts/{name}/module.nix")
  @Produces(TEXT)
  public Response hostModule(@PathParam("name") String name) {
    Offer offer = releases.offeredTo(name);
    return Response.ok(offer.getRelease().getModule())
        .tag(new EntityTag(offer.getRelease().getDigest().hex()))
        .build();
  }

  @GET
  @Path("hosts/{name}/module.tar.gz")
  @Produces(GZIP)
  public Response hostArchive(@PathParam("name") String name) {
    Offer offer = releases.offeredTo(name);
    return Response.ok(offer.getRelease().archive())
        .tag(new EntityTag(offer.getRelease().getDigest().hex()))
        .header("Content-Disposition", "attachment; filename=\"" + name + ".tar.gz\"")
        .build();
  }
}
