package dev.palisade.fleet;

import dev.palisade.account.Actor;
import dev.palisade.account.CurrentActor;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Predicate;

/** For which hosts the current actor may fetch: a host for itself, a delivery token for some. */
@ApplicationScoped
public class FetchScope {

  @Inject private CurrentActor actor;
  @Inject private Hosts hosts;
  @Inject private DeliveryTokens tokens;

  /** Tells whether a host is in the scope. */
  public Predicate<Host> hosts() {
    Actor who = actor.get();
    return switch (who.kind()) {
      case HOST -> host -> host.getName().equals(who.name());
      case DELIVERY -> {
        Selector selector =
            tokens
                .find(DeliveryToken.idOf(who))
                .map(token -> Selector.parse(token.getSelector()))
                .orElseThrow(() -> refused("This token is known no more."));
        yield selector::matches;
      }
      default -> throw refused("Only a host or a delivery token fetches.");
    };
  }

  /**
   * The host of this name, when it is in the scope.
   *
   * @throws DomainException {@link Problem#FORBIDDEN} for any other name, whether or not a host has
   *     it
   */
  public Host host(String name) {
    return hosts
        .find(name)
        .filter(hosts())
        .orElseThrow(() -> refused("This token does not fetch for “" + name + "”."));
  }

  /** The only host in the scope, for who is a host; empty for a delivery token. */
  public Optional<Host> only() {
    return actor.get().kind() == Actor.Kind.HOST ? Optional.of(self()) : Optional.empty();
  }

  /**
   * The host that the current actor is.
   *
   * @throws DomainException {@link Problem#FORBIDDEN} where it is none
   */
  public Host self() {
    if (actor.get().kind() != Actor.Kind.HOST) {
      throw refused("Only a host asks this, with its own token.");
    }
    return host(actor.getName());
  }

  private static DomainException refused(String detail) {
    return new DomainException(Problem.FORBIDDEN, detail);
  }
}
