package dev.palisade.shell.api;

import dev.palisade.core.Surface;
import jakarta.ws.rs.ApplicationPath;

/** The API for people and their scripts. */
@ApplicationPath("/api/v1")
public class AdminApi extends SurfaceApplication {

  public AdminApi() {
    super(Surface.Kind.ADMIN);
  }
}
