package dev.palisade.rollout.application;

import dev.palisade.account.Acts;
import dev.palisade.audit.HostJudged;
import dev.palisade.audit.HostRolledBack;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseDesk;
import dev.palisade.release.ReleaseFetched;
import dev.palisade.release.ReleaseOffered;
import dev.palisade.release.Releases;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Moves hosts on within their rollout as they fetch and report. */
@ApplicationScoped
class FollowHosts {

  private static final String NO_FORMER =
      "What it runs again was never offered to it, so nothing is offered now.";

  @Inject private Rollouts rollouts;
  @Inject private Releases releases;
  @Inject private ReleaseDesk releaseDesk;
  @Inject private Acts acts;
  @Inject private Clock clock;

  void on(@Observes ReleaseOffered event) {
    Offer offer = event.offer();
    for (HostProgress progress : rollouts.openForChange(offer.getHost())) {
      if (progress.getRollout().getId() != offer.getRolloutId()) {
        progress.superseded(offer.getRolloutId(), clock.instant());
        finishIfDone(progress.getRollout().getId());
      }
    }
  }

  void on(@Observes ReleaseFetched event) {
    move(event.offer(), progress -> progress.fetched(clock.instant()));
  }

  void on(@Observes HostJudged event) {
    move(event.offer(), progress -> progress.judged(event, clock.instant()));
  }

  /**
   * What the host runs again is what it is expected to run from now on, under a new number: it
   * takes none that is not newer.
   */
  void on(@Observes HostRolledBack event) {
    Host host = event.host();
    releases.serialise(host);
    Optional<Offer> left =
        releases.lastOffer(host).filter(offer -> offer.getNumber() == event.number());
    if (left.isEmpty()) {
      return;
    }
    String then =
        former(left.get(), event.running())
            .map(offer -> offerAgain(offer, left.get()))
            .orElse(NO_FORMER);
    move(left.get(), progress -> progress.rolledBack(event.reason(), then, clock.instant()));
    acts.record(
        "host.rolled-back",
        "host",
        host.getName(),
        Map.of("number", event.number(), "reason", event.reason(), "then", then));
  }

  /** The newest offer of what it runs again; of another release, where it does not say. */
  private Optional<Offer> former(Offer left, String running) {
    return releases.earlier(left).stream()
        .filter(offer -> running == null || offer.getRelease().getDigest().hex().equals(running))
        .findFirst();
  }

  private String offerAgain(Offer former, Offer left) {
    String release = "Release " + former.getRelease().getDigest().brief();
    try {
      Offer again = releaseDesk.offerAgain(former, left.getRolloutId());
      return release + " is offered again as number " + again.getNumber() + ".";
    } catch (DomainException e) {
      return release + " is not offered again: " + e.detail();
    }
  }

  private void move(Offer offer, Consumer<HostProgress> step) {
    rollouts
        .progressForChange(offer.getRolloutId(), offer.getHost())
        .ifPresent(
            progress -> {
              boolean before = progress.getState().isDone();
              step.accept(progress);
              if (progress.getState().isDone() && !before) {
                finishIfDone(offer.getRolloutId());
              }
            });
  }

  /** Locks the rollout before it counts, so that of two last hosts one sees the other. */
  private void finishIfDone(long rolloutId) {
    rollouts.flush();
    rollouts
        .findForChange(rolloutId)
        .filter(rollout -> !rollouts.isOpen(rolloutId))
        .ifPresent(rollout -> rollout.finish(clock.instant()));
  }
}
