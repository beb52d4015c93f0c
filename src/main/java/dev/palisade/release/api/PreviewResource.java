package dev.palisade.release.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Surface;
import dev.palisade.release.application.PreviewVersion;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What a version would render to, as files. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path(
    "/profiles/{slug}/versions/{number}/{file: module\\.nix|module\\.tar\\.gz|sysctl\\.conf|version\\.json}")
public class PreviewResource {

  static final String TEXT = "text/plain;charset=UTF-8";
  static final String GZIP = "application/gzip";

  @Inject private PreviewVersion preview;

  @GET
  public Response file(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @PathParam("file") String file) {
    return switch (file) {
      case "module.nix" -> Response.ok(preview.module(slug, number), TEXT).build();
      case "module.tar.gz" -> Response.ok(preview.archive(slug, number), GZIP).build();
      case "sysctl.conf" -> Response.ok(preview.sysctlConf(slug, number), TEXT).build();
      case "version.json" ->
          Response.ok(preview.json(slug, number), MediaType.APPLICATION_JSON).build();
      default -> throw DomainException.notFound("file", file);
    };
  }
}
