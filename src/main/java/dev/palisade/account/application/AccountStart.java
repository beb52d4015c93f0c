package dev.palisade.account.application;

import dev.palisade.account.ActingAs;
import dev.palisade.account.Actor;
import dev.palisade.core.ConsoleLines;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Brings the first administrator into a new installation, and notes for how many it is. */
@ApplicationScoped
class AccountStart {

  @Inject private ActingAs actingAs;
  @Inject private FirstAdministrator firstAdministrator;
  @Inject private SingleOperator singleOperator;

  void on(@Observes @Priority(100) @Initialized(ApplicationScoped.class) Object start) {
    String password = System.getProperty("palisade.admin.password");
    boolean random = Boolean.getBoolean("palisade.admin.password.random");
    System.clearProperty("palisade.admin.password");
    actingAs.run(
        Actor.PORTAL,
        () -> {
          if (firstAdministrator.create(password) && random) {
            ConsoleLines.add(
                "First administrator: "
                    + FirstAdministrator.USERNAME
                    + " with the password "
                    + password
                    + " (shown this once)");
          }
          singleOperator.note();
        });
  }
}
