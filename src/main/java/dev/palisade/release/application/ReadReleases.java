package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.DeliveryToken;
import dev.palisade.fleet.DeliveryTokens;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.Selector;
import dev.palisade.release.FleetRelease;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseCheck;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads what hosts were offered. */
@ApplicationScoped
public class ReadReleases {

  @Inject private Releases releases;
  @Inject private Hosts hosts;
  @Inject private DeliveryTokens tokens;
  @Inject private ReleaseCheck check;
  @Inject private Clock clock;

  /** What a host is expected to run; empty until something was offered. */
  @Requires(Permission.VIEW)
  @Transactional
  public Optional<Offer> expectedBy(String hostName) {
    return releases.lastOffer(host(hostName));
  }

  /**
   * The same for whoever takes its files, which is a delivery as well.
   *
   * @throws DomainException not found, when nothing was offered yet; {@link Problem#TAMPERED} when
   *     the release is not what was approved
   */
  @Requires(Permission.VIEW)
  @Transactional
  public Offer offeredTo(String hostName) {
    Offer offer =
        releases
            .lastOffer(host(hostName))
            .orElseThrow(() -> DomainException.notFound("release offered to", hostName));
    check.requireProven(offer.getRelease());
    return offer;
  }

  /**
   * What a delivery token fetches now, for people to look at.
   *
   * @return empty while none of its hosts was offered anything, and once it opens nothing any more
   */
  @Requires(Permission.VIEW)
  @Transactional
  public Optional<FleetRelease> fetchedBy(long deliveryToken) {
    DeliveryToken token =
        tokens
            .find(deliveryToken)
            .orElseThrow(
                () -> DomainException.notFound("delivery token", String.valueOf(deliveryToken)));
    Selector selector = Selector.parse(token.getSelector());
    List<Offer> offers =
        token.works(clock.instant())
            ? releases.lastOffers().stream().filter(o -> selector.matches(o.getHost())).toList()
            : List.of();
    return offers.isEmpty() ? Optional.empty() : Optional.of(new FleetRelease(offers));
  }

  private Host host(String name) {
    return hosts.find(name).orElseThrow(() -> DomainException.notFound("host", name));
  }
}
