package dev.palisade.fleet.application;

import dev.palisade.account.Actor;
import dev.palisade.account.Open;
import dev.palisade.account.Secret;
import dev.palisade.account.TokenAuthority;
import dev.palisade.fleet.DeliveryToken;
import dev.palisade.fleet.DeliveryTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;

/** Knows which delivery tokens work. */
@ApplicationScoped
public class DeliveryTokenHolders implements TokenAuthority {

  @Inject private DeliveryTokens tokens;
  @Inject private Clock clock;

  @Open("Authentication asks before anybody is known")
  @Override
  @Transactional
  public Optional<Actor> holderOf(String token) {
    return !token.startsWith(ManageDeliveryTokens.TOKEN_PREFIX)
        ? Optional.empty()
        : tokens
            .byTokenHash(new Secret(token).hash())
            .filter(found -> found.works(clock.instant()))
            .map(DeliveryToken::actor);
  }
}
