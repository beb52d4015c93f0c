package dev.palisade.audit;

import dev.palisade.audit.foretell.Reach;
import java.util.List;

/**
 * Whether a host could still be reached with other content.
 *
 * @param lockOuts what would cut people or the portal off; none where nothing is known of it
 * @param notKnown what cannot be told and why, as a sentence; empty where everything can
 */
public record HostReach(List<LockOut> lockOuts, String notKnown) {

  public HostReach {
    lockOuts = List.copyOf(lockOuts);
  }

  static HostReach of(Reach reach) {
    return new HostReach(
        reach.lockOuts().stream()
            .map(risk -> new LockOut(risk.key(), risk.what(), risk.evidence(), risk.cure()))
            .toList(),
        reach.notKnown());
  }
}
