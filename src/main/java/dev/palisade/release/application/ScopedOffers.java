package dev.palisade.release.application;

import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.FetchScope;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the offers by which a token may fetch a release. */
@ApplicationScoped
class ScopedOffers {

  @Inject private Releases releases;
  @Inject private FetchScope scope;

  /**
   * For each host in the scope the newest offer of this release.
   *
   * @throws DomainException not found, when none of them was ever offered it
   */
  List<Offer> offers(Digest digest) {
    Predicate<Host> hosts = scope.hosts();
    Optional<Host> only = scope.only();
    List<Offer> all =
        only.isPresent() ? releases.offers(only.get(), digest) : releases.offers(digest);
    Map<Long, Offer> newest = new LinkedHashMap<>();
    all.stream()
        .filter(offer -> hosts.test(offer.getHost()))
        .forEach(offer -> newest.putIfAbsent(offer.getHost().id(), offer));
    if (newest.isEmpty()) {
      throw DomainException.notFound("release for this token", digest.hex());
    }
    return List.copyOf(newest.values());
  }
}
