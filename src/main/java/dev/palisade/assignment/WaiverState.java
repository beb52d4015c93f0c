package dev.palisade.assignment;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a waiver stands. Time alone ends one that is approved, at once; the state says so when the
 * next one is asked for in its place.
 */
public enum WaiverState {
  REQUESTED("Asked for"),
  APPROVED("Approved"),
  REJECTED("Rejected"),
  REVOKED("Revoked"),
  EXPIRED("Expired");

  private final String word;

  WaiverState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Whether it waits or holds. */
  public boolean isOpen() {
    return this == REQUESTED || this == APPROVED;
  }

  /** The word used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean mayBecome(WaiverState next) {
    return nextStates().contains(next);
  }

  private Set<WaiverState> nextStates() {
    return switch (this) {
      case REQUESTED -> EnumSet.of(APPROVED, REJECTED, REVOKED, EXPIRED);
      case APPROVED -> EnumSet.of(REVOKED, EXPIRED);
      case REJECTED, REVOKED, EXPIRED -> EnumSet.noneOf(WaiverState.class);
    };
  }
}
