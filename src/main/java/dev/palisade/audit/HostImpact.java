package dev.palisade.audit;

import dev.palisade.audit.foretell.Foreseen;
import dev.palisade.audit.foretell.Risk;
import java.time.Duration;
import java.time.Instant;

/**
 * What a version would do to one host, foretold from its newest evidence and the release that it
 * was offered last.
 *
 * @param seenAt when it last sent evidence, or null for never
 * @param silent whether that is too long ago to tell how it runs now
 */
public record HostImpact(String host, Instant seenAt, boolean silent, Foreseen foreseen) {

  /** How old evidence may be and still tell how a host runs. */
  static final Duration FRESH = Duration.ofHours(24);

  /** Whether something would change there, as far as it is known. */
  public boolean isChanged() {
    return !isUnknown() && !foreseen.changes().isEmpty();
  }

  /** Whether it runs already as it would. */
  public boolean isHeld() {
    return !isUnknown() && foreseen.changes().isEmpty();
  }

  /**
   * Whether what would happen cannot be told: its evidence is missing or old, no rollout would take
   * it, or no change is seen while some settings are not known.
   */
  public boolean isUnknown() {
    return seenAt == null
        || silent
        || foreseen.refused() != null
        || (foreseen.changes().isEmpty() && !foreseen.notKnown().isEmpty());
  }

  /** Which of the three it is. */
  public ImpactGroup outlook() {
    return isUnknown() ? ImpactGroup.UNKNOWN : isChanged() ? ImpactGroup.CHANGES : ImpactGroup.HELD;
  }

  public boolean isLockOut() {
    return foreseen.isLockOut();
  }

  /** Whether something that it is seen to do would stop. */
  public boolean isBroken() {
    return !foreseen.risks(Risk.Grade.BREAKAGE).isEmpty();
  }
}
