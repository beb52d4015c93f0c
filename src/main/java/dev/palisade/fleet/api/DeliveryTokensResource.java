package dev.palisade.fleet.api;

import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.fleet.DeliveryToken;
import dev.palisade.fleet.application.ManageDeliveryTokens;
import dev.palisade.fleet.application.ManageDeliveryTokens.Issued;
import dev.palisade.fleet.application.ManageDeliveryTokens.Standing;
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

/** Tokens of machines that build for many hosts. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/delivery-tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DeliveryTokensResource {

  /** A token to give out. */
  public record TokenBody(String name, String selector, Instant expiresAt) {}

  /** A token as the API shows one. */
  public record TokenView(
      long id,
      String name,
      String selector,
      Instant createdAt,
      String createdBy,
      Instant expiresAt,
      Instant revokedAt,
      String revokedBy,
      boolean works,
      long hosts) {

    static TokenView of(Standing standing) {
      DeliveryToken t = standing.token();
      return new TokenView(
          t.getId(),
          t.getName(),
          t.getSelector(),
          t.getCreatedAt(),
          t.getCreatedBy(),
          t.getExpiresAt(),
          t.getRevokedAt(),
          t.getRevokedBy(),
          standing.works(),
          standing.hosts());
    }
  }

  /** A token and its secret, the one time that the secret is shown. */
  public record IssuedView(TokenView deliveryToken, String token) {}

  @Inject private ManageDeliveryTokens tokens;

  @GET
  public Page<TokenView> list() {
    return Page.whole(tokens.list().stream().map(TokenView::of).toList());
  }

  @POST
  public Response create(TokenBody body) {
    Issued issued = tokens.create(body.name(), body.selector(), body.expiresAt());
    long id = issued.token().getId();
    return Response.created(URI.create("delivery-tokens/" + id))
        .entity(new IssuedView(TokenView.of(tokens.token(id)), issued.secret().text()))
        .build();
  }

  @GET
  @Path("/{id: [0-9]{1,18}}")
  public TokenView token(@PathParam("id") long id) {
    return TokenView.of(tokens.token(id));
  }

  @POST
  @Path("/{id: [0-9]{1,18}}/revoke")
  @Consumes(MediaType.WILDCARD)
  public TokenView revoke(@PathParam("id") long id) {
    tokens.revoke(id);
    return TokenView.of(tokens.token(id));
  }
}
