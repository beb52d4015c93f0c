package dev.palisade.release.api;

import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.SignedStatement;
import dev.palisade.core.Digest;
import dev.palisade.core.PortalAddress;
import dev.palisade.core.Surface;
import dev.palisade.release.application.ReadDesired;
import dev.palisade.release.application.ReadDesired.Desired;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** What the asking host is to run. */
@Surface(Surface.Kind.AGENT)
@RequestScoped
@Path("/desired")
@Produces(MediaType.APPLICATION_JSON)
public class DesiredResource {

  private static final int REPORT_EVERY_SECONDS = 3_600;

  /** A release and where its bytes are. */
  public record ReleaseView(String digest, String narHash, String url) {}

  /**
   * What was signed.
   *
   * @param statement canonical JSON, whose very bytes the signature is over
   */
  public record DesiredView(
      ReleaseView release,
      String statement,
      String signature,
      String keyId,
      long rollout,
      int reportEverySeconds) {

    static DesiredView of(Desired desired) {
      SignedStatement signed = desired.signed();
      DesiredStatement said = signed.statement();
      return new DesiredView(
          new ReleaseView(
              said.release().hex(),
              said.narHash(),
              PortalAddress.of("/nix/releases/" + said.release() + ".tar.gz")),
          said.text(),
          signed.signature(),
          signed.keyId(),
          desired.rollout(),
          REPORT_EVERY_SECONDS);
    }
  }

  @Inject private ReadDesired read;
  @Context private Request request;

  @GET
  public Response desired() {
    Optional<Desired> desired = read.desired();
    if (desired.isEmpty()) {
      return Response.noContent().build();
    }
    DesiredView view = DesiredView.of(desired.get());
    EntityTag tag = new EntityTag(Digest.of(view.toString()).hex());
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged == null ? Response.ok(view).tag(tag) : unchanged)
        .header("Cache-Control", "private, no-cache")
        .build();
  }
}
