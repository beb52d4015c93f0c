package dev.palisade.shell.api;

import dev.palisade.core.Surface;
import jakarta.ws.rs.ApplicationPath;

/** The API for hosts that report. */
@ApplicationPath("/agent/v1")
public class AgentApi extends SurfaceApplication {

  public AgentApi() {
    super(Surface.Kind.AGENT);
  }
}
