package dev.palisade.fleet.api;

import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.fleet.EnrolmentToken;
import dev.palisade.fleet.application.ManageEnrolment;
import dev.palisade.fleet.application.ManageEnrolment.Made;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Tokens with which hosts enrol. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/enrolment-tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EnrolmentTokensResource {

  /** A token to make; without a number it is good for one host. */
  public record TokenBody(
      Map<String, String> labels, Instant expiresAt, Integer maxUses, Boolean autoAccept) {}

  /** A token without its secret, but where it was made just now. */
  public record TokenView(
      long id,
      String token,
      Map<String, String> labels,
      Instant expiresAt,
      int maxUses,
      int uses,
      boolean autoAccept,
      Instant revokedAt,
      Instant createdAt,
      String createdBy) {

    static TokenView of(EnrolmentToken t, String secret) {
      return new TokenView(
          t.getId(),
          secret,
          t.getLabels(),
          t.getExpiresAt(),
          t.getMaxUses(),
          t.getUses(),
          t.isAutoAccept(),
          t.getRevokedAt(),
          t.getCreatedAt(),
          t.getCreatedBy());
    }
  }

  @Inject private ManageEnrolment enrolment;

  @GET
  public Page<TokenView> list() {
    return Page.whole(enrolment.list().stream().map(t -> TokenView.of(t, null)).toList());
  }

  @POST
  public Response create(TokenBody body) {
    Made made =
        enrolment.create(
            body.labels(),
            body.maxUses() == null ? 1 : body.maxUses(),
            body.expiresAt(),
            Boolean.TRUE.equals(body.autoAccept()));
    return Response.created(URI.create("enrolment-tokens/" + made.token().getId()))
        .entity(TokenView.of(made.token(), made.secret().text()))
        .build();
  }

  @POST
  @Path("/{id}/revoke")
  @Consumes(MediaType.WILDCARD)
  public TokenView revoke(@PathParam("id") long id) {
    return TokenView.of(enrolment.revoke(id), null);
  }
}
