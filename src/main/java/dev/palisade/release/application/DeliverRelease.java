package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.FetchScope;
import dev.palisade.fleet.Host;
import dev.palisade.release.FleetRelease;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseCheck;
import dev.palisade.release.ReleaseFetched;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** Hands out what the hosts in the token's scope were offered; never another host's. */
@ApplicationScoped
public class DeliverRelease {

  /** Whether the bytes go out, or only what would be told about them. */
  public enum Purpose {
    TAKE,
    LOOK
  }

  @Inject private Releases releases;
  @Inject private FetchScope scope;
  @Inject private ScopedOffers scoped;
  @Inject private ReleaseCheck check;
  @Inject private Event<ReleaseFetched> fetched;
  @Inject private Clock clock;

  /** The release that the host was offered last. */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public Release latest(String hostName, Purpose purpose) {
    Host host = scope.host(hostName);
    Offer offer =
        releases
            .lastOffer(host)
            .orElseThrow(() -> DomainException.notFound("release offered to", hostName));
    return delivered(List.of(offer), purpose);
  }

  /** A release by its digest, when it was ever offered to a host in the scope. */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public Release release(Digest digest, Purpose purpose) {
    return delivered(scoped.offers(digest), purpose);
  }

  /**
   * What the hosts in the scope were offered last.
   *
   * @throws DomainException not found, when none was offered anything
   */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public FleetRelease fleet(Purpose purpose) {
    Predicate<Host> hosts = scope.hosts();
    List<Offer> offers =
        releases.lastOffers().stream().filter(offer -> hosts.test(offer.getHost())).toList();
    if (offers.isEmpty()) {
      throw DomainException.notFound("release offered to", "any host of this token");
    }
    offers.forEach(offer -> delivered(List.of(offer), purpose));
    return new FleetRelease(offers);
  }

  private Release delivered(List<Offer> offers, Purpose purpose) {
    Release release = offers.get(0).getRelease();
    check.requireProven(release);
    if (purpose == Purpose.TAKE) {
      offers.forEach(this::taken);
    }
    return release;
  }

  private void taken(Offer offer) {
    if (offer.fetched(clock.instant())) {
      releases.flush();
      fetched.fire(new ReleaseFetched(offer));
    }
  }
}
