package dev.palisade.fleet.application;

import dev.palisade.account.Actor;
import dev.palisade.account.Open;
import dev.palisade.account.Secret;
import dev.palisade.account.TokenAuthority;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;

/** Knows which host a token belongs to. */
@ApplicationScoped
public class HostTokens implements TokenAuthority {

  @Inject private Hosts hosts;
  @Inject private Clock clock;

  @Open("Authentication asks before anybody is known")
  @Override
  @Transactional
  public Optional<Actor> holderOf(String token) {
    return hosts
        .byTokenHash(new Secret(token).hash(), clock.instant())
        .map(
            host ->
                host.getState() == Host.State.ACCEPTED
                    ? Actor.host(host.getName())
                    : Actor.pendingHost(host.getName()));
  }
}
