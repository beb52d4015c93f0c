package dev.palisade.release.application;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.Profiles;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseFetched;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands a host what it was offered; never another host's. */
@ApplicationScoped
public class DeliverRelease {

  @Inject private Releases releases;
  @Inject private Hosts hosts;
  @Inject private Profiles profiles;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Event<ReleaseFetched> fetched;
  @Inject private Clock clock;

  private final Set<Digest> proven = ConcurrentHashMap.newKeySet();

  /** The release that the host was offered last. */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public Release latest(String hostName) {
    if (!hostName.equals(actor.getName())) {
      throw new DomainException(
          Problem.FORBIDDEN, "This token belongs to another host than “" + hostName + "”.");
    }
    Offer offer =
        releases
            .lastOffer(host())
            .orElseThrow(() -> DomainException.notFound("release offered to", hostName));
    return delivered(offer);
  }

  /** A release by its digest, when it was ever offered to this host. */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public Release release(Digest digest) {
    return releases.offers(host()).stream()
        .filter(o -> o.getRelease().getDigest().equals(digest))
        .findFirst()
        .map(this::delivered)
        .orElseThrow(() -> DomainException.notFound("release for this host", digest.hex()));
  }

  /**
   * Renders again, from the record and the record from what people approved, before anything
   * leaves. Once per release and process: rows of releases never change.
   */
  private void requireProven(Release release) {
    if (!proven.contains(release.getDigest()) && !isProven(release)) {
      throw new DomainException(
          Problem.TAMPERED,
          "Release "
              + release.getDigest().brief()
              + " is not what its record renders to, or its record not what was approved. It is not"
              + " delivered; tell whoever runs the portal.");
    }
    proven.add(release.getDigest());
  }

  private boolean isProven(Release release) {
    return release.isWhatItsRecordSays() && release.content().isWhatWasApproved(profiles, catalog);
  }

  private Host host() {
    return hosts
        .find(actor.getName())
        .orElseThrow(() -> DomainException.notFound("host", actor.getName()));
  }

  private Release delivered(Offer offer) {
    requireProven(offer.getRelease());
    if (offer.fetched(clock.instant())) {
      releases.flush();
      fetched.fire(new ReleaseFetched(offer));
    }
    return offer.getRelease();
  }
}
