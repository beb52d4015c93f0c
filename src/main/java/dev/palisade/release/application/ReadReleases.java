package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.DeliveryTokens;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.Selector;
import dev.palisade.release.FleetRelease;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what hosts were offered. */
@ApplicationScoped
public class ReadReleases {

  @Inject private Releases releases;
  @Inject private Hosts hosts;
  @Inject private DeliveryTokens tokens;

  /** What a host is expected to run; empty until something was offered. */
  @Requires(Permission.VIEW)
  @Transactional
  public Optional<Offer> expectedBy(String hostName) {
    return releases.lastOffer(host(hostName));
  }

  /**
   * The same where nothing else will do.
   *
   * @throws DomainException not found, when nothing was offered yet
   */
  @Requires(Permission.VIEW)
  @Transactional
  public Offer offeredTo(String hostName) {
    return releases
        .lastOffer(host(hostName))
        .orElseThrow(() -> DomainException.notFound("release offered to", hostName));
  }

  /**
   * What a delivery token fetches now, for people to look at.
   *
   * @return empty while none of its hosts was offered anything
   */
  @Requires(Permission.VIEW)
  @Transactional
  public Optional<FleetRelease> fetchedBy(long deliveryToken) {
    Selector selector =
        tokens
            .find(deliveryToken)
            .map(token -> Selector.parse(token.getSelector()))
            .orElseThrow(
                () -> DomainException.notFound("delivery token", String.valueOf(deliveryToken)));
    SortedMap<String, Release> fleet = new TreeMap<>();
    releases.lastOffers().stream()
        .filter(offer -> selector.matches(offer.getHost()))
        .forEach(offer -> fleet.put(offer.getHost().getName(), offer.getRelease()));
    return fleet.isEmpty() ? Optional.empty() : Optional.of(new FleetRelease(fleet));
  }

  private Host host(String name) {
    return hosts.find(name).orElseThrow(() -> DomainException.notFound("host", name));
  }
}
