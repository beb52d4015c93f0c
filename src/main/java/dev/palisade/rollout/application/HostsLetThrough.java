package dev.palisade.rollout.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.audit.LockOut;
import dev.palisade.rollout.DespiteLockOut;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets hosts through despite lock-outs, and has the journal keep which, why and by whom. */
@ApplicationScoped
class HostsLetThrough {

  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  void take(Rollout rollout, DespiteLockOut despite) {
    List<HostProgress> let = rollout.letThrough(despite, actor.getName(), clock.instant());
    Map<String, Object> hosts = new TreeMap<>();
    for (HostProgress progress : let) {
      hosts.put(
          progress.getHost().getName(),
          progress.getLockOuts().stream().map(LockOut::sentence).toList());
    }
    acts.record(
        "rollout.let-through",
        "rollout",
        rollout.getName(),
        Map.of("rollout", rollout.getId(), "reason", despite.reason(), "hosts", hosts));
  }
}
