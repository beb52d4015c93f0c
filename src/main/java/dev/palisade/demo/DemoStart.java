package dev.palisade.demo;

import dev.palisade.core.ConsoleLines;
import dev.palisade.fleet.Hosts;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Fills an empty installation when asked to, and remembers that it is a demo ever after. */
@ApplicationScoped
class DemoStart {

  @Inject private DemoMark mark;
  @Inject private DemoFleet fleet;
  @Inject private Hosts hosts;

  void on(@Observes @Priority(900) @Initialized(ApplicationScoped.class) Object start) {
    if (Boolean.getBoolean("palisade.demo") && !mark.isSet() && hosts.all().isEmpty()) {
      mark.set();
      fleet.fill();
    }
    if (mark.isSet()) {
      System.setProperty("palisade.demo.installation", "true");
      ConsoleLines.add(
          "Demo accounts: author, approver, operator; the password of each is "
              + DemoFleet.PASSWORD);
    }
  }
}
