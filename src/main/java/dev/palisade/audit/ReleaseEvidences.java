package dev.palisade.audit;

import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import dev.palisade.release.Fetches;
import dev.palisade.release.Offer;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Collects what {@link ReleaseEvidence} needs to know of a host. */
@ApplicationScoped
public class ReleaseEvidences {

  @Inject private Reports reports;
  @Inject private Releases releases;

  /** What a host's newest evidence has to do with what it is expected to run. */
  public ReleaseEvidence of(Offer offer, CheckIn checkIn) {
    Host host = offer.getHost();
    Digest expected = offer.getRelease().getDigest();
    String named = checkIn.report().getReleaseDigest();
    Fetches fetches = releases.fetches(host, expected);
    return new ReleaseEvidence(
        expected.hex(),
        offer.getOfferedAt(),
        fetches.offered(),
        fetches.ofRelease(),
        fetches.ofAnother(),
        reports.proven(host).orElse(null),
        checkIn.at(),
        named,
        checkIn.report().isDump());
  }

  /** The same by the host alone; empty while nothing was offered to it or it sent nothing. */
  public Optional<ReleaseEvidence> of(Host host) {
    return releases
        .lastOffer(host)
        .flatMap(offer -> reports.newest(host).map(checkIn -> of(offer, checkIn)));
  }
}
