package dev.palisade.profile.application;

import dev.palisade.account.ActingAs;
import dev.palisade.account.Actor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Brings the shipped profiles into an installation that lacks them. */
@ApplicationScoped
class ProfileStart {

  @Inject private ActingAs actingAs;
  @Inject private ShippedProfiles shippedProfiles;

  void on(@Observes @Priority(200) @Initialized(ApplicationScoped.class) Object start) {
    actingAs.run(Actor.PORTAL, shippedProfiles::install);
  }
}
