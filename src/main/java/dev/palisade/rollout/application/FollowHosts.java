package dev.palisade.rollout.application;

import dev.palisade.audit.HostJudged;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseFetched;
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

  void on(@Observes ReleaseFetched event) {
    move(event.offer(), progress -> progress.fetched(clock.instant()));
  }

  void on(@Observes HostJudged event) {
    if (event.current()) {
      move(event.offer(), progress -> progress.judged(event.failing(), clock.instant()));
    }
  }

  private void move(Offer offer, Consumer<HostProgress> step) {
    rollouts
        .findForChange(offer.getRolloutId())
        .ifPresent(
            rollout -> {
              rollout.progressOf(offer.getHost()).ifPresent(step);
              rollout.finishWhenDone(clock.instant());
            });
  }
}
