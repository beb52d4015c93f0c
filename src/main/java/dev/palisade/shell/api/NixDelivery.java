package dev.palisade.shell.api;

import dev.palisade.core.Surface;
import jakarta.ws.rs.ApplicationPath;

/** What Nix fetches. */
@ApplicationPath("/nix")
public class NixDelivery extends SurfaceApplication {

  public NixDelivery() {
    super(Surface.Kind.NIX);
  }
}
