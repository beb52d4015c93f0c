package dev.palisade.rollout.application;

import dev.palisade.audit.HostJudged;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseFetched;
import dev.palisade.release.ReleaseOffered;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.function.Consumer;

/** Moves hosts on within their rollout as they fetch and report. */
@ApplicationScoped
class FollowHosts {

  @Inject private Rollouts rollouts;
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
    if (event.current()) {
      move(
          event.offer(),
          progress ->
              progress.judged(
                  event.failing(),
                  event.holding(),
                  event.notKnown(),
                  event.deployed(),
                  clock.instant()));
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
