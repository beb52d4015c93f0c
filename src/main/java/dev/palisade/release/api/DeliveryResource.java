package dev.palisade.release.api;

import dev.palisade.core.Digest;
import dev.palisade.core.PortalAddress;
import dev.palisade.core.Surface;
import dev.palisade.release.FleetRelease;
import dev.palisade.release.Release;
import dev.palisade.release.application.DeliverRelease;
import dev.palisade.release.application.DeliverRelease.Purpose;
import dev.palisade.release.application.GiveProof;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * What Nix fetches, by the lockable tarball protocol. Bytes go out whole or not at all: ranges are
 * not served.
 */
@Surface(Surface.Kind.NIX)
@RequestScoped
@Path("/")
@Produces("application/gzip")
public class DeliveryResource {

  private static final String FOR_EVER = "private, immutable, max-age=31536000";
  private static final String ASK_AGAIN = "private, no-cache";

  @Inject private DeliverRelease deliver;
  @Inject private GiveProof give;
  @Inject private HttpServletRequest asked;
  @Context private Request request;

  /** The newest offer; the Link header names the address that never changes. */
  @GET
  @Path("hosts/{name}/latest.tar.gz")
  public Response latest(@PathParam("name") String name) {
    Release release = deliver.latest(name, purpose());
    String narHash = URLEncoder.encode(release.getNarHash(), StandardCharsets.UTF_8);
    return answer(release.getDigest().hex(), ASK_AGAIN, release::archive)
        .header(
            "Link",
            "<"
                + PortalAddress.of("/nix/releases/" + release.getDigest() + ".tar.gz")
                + "?narHash="
                + narHash
                + ">; rel=\"immutable\"")
        .build();
  }

  @GET
  @Path("releases/{digest:[0-9a-f]{64}}.tar.gz")
  public Response release(@PathParam("digest") String digest) {
    Release release = deliver.release(new Digest(digest), purpose());
    return answer(digest, FOR_EVER, release::archive).build();
  }

  @GET
  @Path("releases/{digest:[0-9a-f]{64}}/default.nix")
  @Produces("text/plain;charset=UTF-8")
  public Response module(@PathParam("digest") String digest) {
    Release release = deliver.release(new Digest(digest), purpose());
    return answer(digest + "-module", FOR_EVER, release::getModule).build();
  }

  /** What proves the release offline; its statements change, so it is asked for again. */
  @GET
  @Path("releases/{digest:[0-9a-f]{64}}.proof.json")
  @Produces(MediaType.APPLICATION_JSON)
  public Response proof(@PathParam("digest") String digest) {
    return Response.ok(give.toFetcher(new Digest(digest)).json())
        .header("Cache-Control", ASK_AGAIN)
        .build();
  }

  /** The newest offers to all hosts for which the token fetches. */
  @GET
  @Path("fleet.tar.gz")
  public Response fleet() {
    FleetRelease fleet = deliver.fleet(purpose());
    return answer(fleet.digest().hex(), ASK_AGAIN, fleet::archive).build();
  }

  /** As the client asked: to JAX-RS a HEAD is a GET without a body. */
  private Purpose purpose() {
    return asked.getMethod().equals("HEAD") ? Purpose.LOOK : Purpose.TAKE;
  }

  /** The bytes, or that the asker has them already. */
  private Response.ResponseBuilder answer(String tag, String caching, Supplier<Object> bytes) {
    EntityTag entity = new EntityTag(tag);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(entity);
    return (unchanged == null ? Response.ok(bytes.get()).tag(entity) : unchanged)
        .header("Cache-Control", caching)
        .header("Accept-Ranges", "none");
  }
}
