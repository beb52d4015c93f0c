package dev.palisade.release.api;

import dev.palisade.core.Digest;
import dev.palisade.core.PortalAddress;
import dev.palisade.core.Surface;
import dev.palisade.release.Release;
import dev.palisade.release.application.DeliverRelease;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What Nix fetches, by the lockable tarball protocol. */
@Surface(Surface.Kind.NIX)
@RequestScoped
@Path("/")
@Produces("application/gzip")
public class DeliveryResource {

  private static final int A_YEAR = 31_536_000;

  @Inject private DeliverRelease deliver;

  /** The newest offer; the Link header names the address that never changes. */
  @GET
  @Path("hosts/{name}/latest.tar.gz")
  public Response latest(@PathParam("name") String name) {
    Release release = deliver.latest(name);
    String narHash = URLEncoder.encode(release.getNarHash(), StandardCharsets.UTF_8);
    return archive(release)
        .header(
            "Link",
            "<"
                + PortalAddress.of("/nix/releases/" + release.getDigest() + ".tar.gz")
                + "?narHash="
                + narHash
                + ">; rel=\"immutable\"")
        .header("Cache-Control", "no-cache")
        .build();
  }

  @GET
  @Path("releases/{digest:[0-9a-f]{64}}.tar.gz")
  public Response release(@PathParam("digest") String digest) {
    return archive(deliver.release(new Digest(digest)))
        .header("Cache-Control", "private, immutable, max-age=" + A_YEAR)
        .build();
  }

  @GET
  @Path("releases/{digest:[0-9a-f]{64}}/default.nix")
  @Produces("text/plain;charset=UTF-8")
  public Response module(@PathParam("digest") String digest) {
    return Response.ok(deliver.release(new Digest(digest)).getModule())
        .header("Cache-Control", "private, immutable, max-age=" + A_YEAR)
        .build();
  }

  private static Response.ResponseBuilder archive(Release release) {
    return Response.ok(release.archive()).tag(new EntityTag(release.getDigest().hex()));
  }
}
