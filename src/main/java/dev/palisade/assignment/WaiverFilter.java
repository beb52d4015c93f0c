package dev.palisade.assignment;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which waivers a list shows; null members leave all in.
 *
 * @param states as they stand now, time counted
 * @param host the name of a host that they hold
 * @param key of the setting
 * @param endingBefore where given, the next one to end comes first, else the newest
 */
public record WaiverFilter(Set<WaiverState> states, String host, String key, Instant endingBefore) {

  /** What ends within this time ends soon. */
  public static final Duration SOON = Duration.ofDays(14);

  public WaiverFilter {
    states = states == null ? EnumSet.allOf(WaiverState.class) : Set.copyOf(states);
  }

  /** Those that hold and end soon. */
  public static WaiverFilter endingSoon(Instant now) {
    return new WaiverFilter(EnumSet.of(WaiverState.APPROVED), null, null, now.plus(SOON));
  }

  /** Those that stand so. */
  public static WaiverFilter of(WaiverState state, WaiverState... more) {
    return new WaiverFilter(EnumSet.of(state, more), null, null, null);
  }
}
