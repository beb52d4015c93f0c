package dev.palisade.demo;

import dev.palisade.account.Actor;
import dev.palisade.account.User;
import dev.palisade.account.Users;
import dev.palisade.core.ConsoleLines;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionState;
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
  @Inject private Users users;
  @Inject private Profiles profiles;

  /** Before the shipped profiles come by themselves: here they have been there for a while. */
  void shipped(@Observes @Priority(150) @Initialized(ApplicationScoped.class) Object start) {
    if (Boolean.getBoolean("palisade.demo") && !mark.isSet() && isUntouched()) {
      fleet.ship();
    }
  }

  void on(@Observes @Priority(900) @Initialized(ApplicationScoped.class) Object start) {
    if (Boolean.getBoolean("palisade.demo") && !mark.isSet() && isUntouched()) {
      mark.set();
      fleet.fill();
    }
    if (mark.isSet()) {
      if (!Boolean.getBoolean("palisade.loopback")) {
        throw new IllegalStateException(
            "This installation is a demo, whose passwords everybody knows. Bind it to loopback, or"
                + " take another data directory.");
      }
      System.setProperty("palisade.demo.installation", "true");
      ConsoleLines.add(
          "Demo accounts: author, approver, operator; the password of each is "
              + DemoFleet.PASSWORD);
    }
  }

  /** Nobody but the first administrator, nothing but what is shipped. */
  private boolean isUntouched() {
    return hosts.all().isEmpty()
        && users.all().stream().filter(User::isEnabledPerson).count() <= 1
        && profiles.all().stream()
            .allMatch(
                p ->
                    profiles.versions(p.getSlug()).stream()
                        .allMatch(
                            v ->
                                v.getAuthor().equals(Actor.PORTAL.name())
                                    && v.getState() == VersionState.IN_REVIEW));
  }
}
