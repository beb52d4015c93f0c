package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.release.Offer;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Reads what hosts were offered. */
@ApplicationScoped
public class ReadReleases {

  @Inject private Releases releases;
  @Inject private Hosts hosts;

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

  private Host host(String name) {
    return hosts.find(name).orElseThrow(() -> DomainException.notFound("host", name));
  }
}
