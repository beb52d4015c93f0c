package dev.palisade.release;

import dev.palisade.account.Actor;
import dev.palisade.account.CurrentActor;
import dev.palisade.assignment.Waivers;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.WaivedSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one door by which bytes come within a host's reach. Rollouts use it, inside their own
 * transaction; nobody else does.
 */
@ApplicationScoped
public class ReleaseDesk {

  @Inject private Releases releases;
  @Inject private ReleaseCheck check;
  @Inject private StatementDesk statements;
  @Inject private Profiles profiles;
  @Inject private Waivers waivers;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Event<ReleaseOffered> offered;
  @Inject private Clock clock;

  /**
   * Offers a host what was looked at: what versions come to for it, with its waivers.
   *
   * @param layers the versions and all that lies under them, the undermost first
   * @param resolved what they come to
   * @throws DomainException {@link Problem#NOT_APPROVED} when a version is not approved, or a
   *     waiver that it goes by has ended meanwhile, {@link Problem#TAMPERED} when the release is
   *     not what was approved
   */
  public Offer offer(
      Host host, List<ProfileVersion> layers, EffectiveProfile resolved, long rolloutId) {
    layers.forEach(this::requireApproved);
    requireWaived(host, resolved.waived());
    return offer(host, release(layers, resolved), rolloutId, actor.getName());
  }

  private Release release(List<ProfileVersion> layers, EffectiveProfile resolved) {
    ReleaseRecord content = ReleaseRecord.of(resolved, catalog);
    String canonical = content.canonical();
    Optional<Release> stored = releases.find(Digest.of(canonical));
    if (stored.isPresent()) {
      return stored.get();
    }
    return store(layers, new Release(content, canonical, catalog.version(), clock.instant()));
  }

  /** Stores a new release, after its manifest has been derived again from its versions. */
  Release store(List<ProfileVersion> layers, Release made) {
    check.requireMadeOf(layers, made);
    releases.add(made);
    return made;
  }

  /**
   * Offers a host again what it was offered before, under a new number and in the portal's own
   * name: it went back to it by itself.
   *
   * @param rolloutId the rollout whose release it left
   * @throws DomainException {@link Problem#NOT_APPROVED} when a version is approved no longer, or a
   *     waiver of the release has ended
   */
  public Offer offerAgain(Offer former, long rolloutId) {
    requireWaived(former.getHost(), former.getRelease().content().waivers());
    for (VersionRef ref : former.getRelease().content().profiles()) {
      requireApproved(
          profiles
              .version(ref.slug(), ref.number())
              .orElseThrow(() -> DomainException.notFound("version", ref.describe())));
    }
    return offer(former.getHost(), former.getRelease(), rolloutId, Actor.PORTAL.name());
  }

  private void requireWaived(Host host, List<WaivedSetting> settings) {
    if (settings.isEmpty()) {
      return;
    }
    Map<String, Optional<SettingValue>> now = waivers.changes(host);
    for (WaivedSetting waived : settings) {
      if (!Optional.ofNullable(waived.value()).equals(now.get(waived.key()))) {
        throw new DomainException(
            Problem.NOT_APPROVED, "Its waiver of " + waived.key() + " has ended.");
      }
    }
  }

  private Offer offer(Host host, Release release, long rolloutId, String by) {
    check.requireProven(release);
    releases.serialise(host);
    int number = releases.lastOffer(host).map(Offer::getNumber).orElse(0) + 1;
    Offer offer = new Offer(host, number, release, rolloutId, by, clock.instant());
    releases.add(offer);
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
