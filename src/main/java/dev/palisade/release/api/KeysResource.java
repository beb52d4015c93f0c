package dev.palisade.release.api;

import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Surface;
import dev.palisade.release.application.ReadDesired;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The public keys by which signatures of the portal are checked. */
@Surface(Surface.Kind.NIX)
@RequestScoped
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {

  @Inject private ReadDesired read;

  @GET
  public String keys() {
    return CanonicalJson.of(read.keys().tree());
  }
}
