package dev.palisade.profile;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/**
 * That a version was approved by fewer people than its profile asks for, until when the others are
 * due, and when they had come.
 */
@Embeddable
public class Emergency {

  @Column(name = "emergency_until")
  private Instant until;

  @Column(name = "emergency_confirmed_at")
  private Instant confirmedAt;

  protected Emergency() {}

  Emergency(Instant until) {
    this.until = until;
  }

  void confirm(Instant now) {
    this.confirmedAt = now;
  }

  public Instant getUntil() {
    return until;
  }

  /** When enough people had approved after all, or null. */
  public Instant getConfirmedAt() {
    return confirmedAt;
  }

  public boolean isOpen() {
    return confirmedAt == null;
  }

  /** Whether the others were due and did not come; they still may. */
  public boolean isLapsed(Instant now) {
    return isOpen() && !now.isBefore(until);
  }

  /** Refuses to roll out a version whose emergency lapsed. */
  void requireNotLapsed(String version, Instant now) {
    if (isLapsed(now)) {
      throw new DomainException(
          Problem.NOT_APPROVED,
          version
              + " was approved in an emergency, and the other approvals did not come in time. It can"
              + " be rolled out once they do.");
    }
  }
}
