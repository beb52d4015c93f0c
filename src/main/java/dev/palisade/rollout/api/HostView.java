package dev.palisade.rollout.api;

import dev.palisade.audit.LockOut;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.LetThrough;
import java.time.Instant;
import java.util.List;

/**
 * A host within a rollout, and why it stands where it stands.
 *
 * @param effect what it means for the rollout's outcome: open, success, failure or neutral
 * @param notKnown how many settings of a verified host are not known
 * @param lockOuts what would cut it off, as it was looked at last
 * @param letThrough who took it in all the same, or null
 */
public record HostView(
    String host,
    int wave,
    String state,
    String effect,
    int notKnown,
    String reason,
    String release,
    Instant changedAt,
    List<LockOut> lockOuts,
    LetThroughView letThrough) {

  /** Who accepted which lock-outs, when and why. */
  public record LetThroughView(String by, Instant at, String reason, List<LockOut> lockOuts) {

    static LetThroughView of(LetThrough let) {
      return let == null
          ? null
          : new LetThroughView(let.getBy(), let.getAt(), let.getReason(), let.getRisks());
    }
  }

  static HostView of(HostProgress p) {
    return new HostView(
        p.getHost().getName(),
        p.getWave(),
        p.getState().code(),
        p.getEffect().code(),
        p.getNotKnown(),
        p.getReason(),
        p.getReleaseDigest(),
        p.getChangedAt(),
        p.getLockOuts(),
        LetThroughView.of(p.getLetThrough()));
  }
}
