package dev.palisade.release;

import dev.palisade.account.CurrentActor;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.ProfileVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The one door by which bytes come within a host's reach. Rollouts use it, inside their own
 * transaction; nobody else does.
 */
@ApplicationScoped
public class ReleaseDesk {

  @Inject private Releases releases;
  @Inject private ReleaseCheck check;
  @Inject private StatementDesk statements;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Event<ReleaseOffered> offered;
  @Inject private Clock clock;

  /**
   * Offers a host what versions come to.
   *
   * @param layers the versions and all that lies under them, the undermost first
   * @param supplied the parameters' values by name
   * @throws DomainException {@link Problem#NOT_APPROVED} when a version is not approved, {@link
   *     Problem#TAMPERED} when the release is there but not what was approved
   */
  public Offer offer(
      Host host, List<ProfileVersion> layers, Map<String, String> supplied, long rolloutId) {
    layers.forEach(this::requireApproved);
    ReleaseRecord content =
        ReleaseRecord.of(EffectiveProfile.of(layers, supplied, Missing.REFUSED, catalog), catalog);
    Release release =
        releases
            .find(content.digest())
            .orElseGet(
                () -> {
                  Release made = new Release(content, clock.instant());
                  releases.add(made);
                  return made;
                });
    check.requireProven(release);
    releases.serialise(host);
    int number = releases.lastOffer(host).map(Offer::getNumber).orElse(0) + 1;
    Offer offer = new Offer(host, number, release, rolloutId, actor.getName(), clock.instant());
    releases.add(offer);
    releases.flush();
    statements.sign(offer);
    offered.fire(new ReleaseOffered(offer));
    return offer;
  }

  /**
   * Refuses a version that nobody approved, that was retired since, or whose emergency was not
   * confirmed in time.
   */
  public void requireApproved(ProfileVersion version) {
    version.requireRollable(clock.instant());
  }
}
