package dev.palisade.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The time by which the portal acts: the server's, in UTC. Work that makes up a past, such as the
 * demo fleet's, runs within {@link #ago}; nothing else moves it.
 */
public final class PortalClock extends Clock {

  private static final ThreadLocal<Duration> BEHIND = ThreadLocal.withInitial(() -> Duration.ZERO);

  /** Runs the work as if it were earlier by this much, on this thread only. */
  public static void ago(Duration behind, Runnable work) {
    Duration before = BEHIND.get();
    BEHIND.set(behind);
    try {
      work.run();
    } finally {
      BEHIND.set(before);
    }
  }

  @Override
  public Instant instant() {
    return Instant.now().minus(BEHIND.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.system(zone);
  }
}
