package dev.palisade.account.api;

import dev.palisade.account.application.SignIn;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** Personal tokens. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/auth/token")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

  /** Who asks; a second factor is not asked for yet. */
  public record Credentials(String username, String password) {}

  /** A token and when it ends. */
  public record TokenView(String token, Instant expiresAt) {}

  @Inject private SignIn signIn;

  @POST
  public TokenView issue(Credentials credentials) {
    SignIn.Issued issued = signIn.token(credentials.username(), credentials.password());
    return new TokenView(issued.token().text(), issued.expiresAt());
  }
}
