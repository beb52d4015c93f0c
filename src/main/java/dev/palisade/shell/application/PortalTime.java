package dev.palisade.shell.application;

import dev.palisade.core.PortalClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** Gives every room the portal's clock. */
@ApplicationScoped
class PortalTime {

  @Produces
  Clock clock() {
    return new PortalClock();
  }
}
