package dev.palisade.audit.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.audit.Impact;
import dev.palisade.audit.ImpactForecast;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Says what a version would do to the hosts that it reaches, before anybody approves it. */
@ApplicationScoped
public class ForetellImpact {

  @Inject private Profiles profiles;
  @Inject private ImpactForecast forecast;

  @Requires(Permission.VIEW)
  @Transactional
  public Impact of(String slug, int number) {
    return forecast.of(profiles.existing(slug, number));
  }
}
