package dev.palisade.shell.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The time by which the portal acts: the server's, in UTC. */
@ApplicationScoped
class PortalClock {

  @Produces
  Clock clock() {
    return Clock.systemUTC();
  }
}
