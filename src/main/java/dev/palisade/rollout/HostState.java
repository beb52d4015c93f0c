package dev.palisade.rollout;

import java.util.Locale;

/** How far a host has come within a rollout. */
public enum HostState {
  /** Will be offered its release when its wave starts. */
  PLANNED("Planned"),
  /** Takes no part, for the reason given. */
  REFUSED("Refused"),
  /** May fetch its release; has not yet. */
  OFFERED("Offered"),
  /** Has fetched its release; no newer evidence yet. */
  FETCHED("Fetched"),
  /** Evidence newer than the offer shows nothing failing. */
  VERIFIED("Verified"),
  /** Evidence newer than the offer shows settings that do not hold. */
  FAILING("Failing"),
  /** Another rollout has offered it another release since. */
  SUPERSEDED("Superseded"),
  /** The host switched and went back to its former system. */
  ROLLED_BACK("Rolled back");

  private final String word;

  HostState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The word used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the state means for the outcome of the rollout. */
  public Effect effect() {
    return switch (this) {
      case PLANNED, OFFERED, FETCHED -> Effect.OPEN;
      case VERIFIED -> Effect.SUCCESS;
      case FAILING, ROLLED_BACK -> Effect.FAILURE;
      case REFUSED, SUPERSEDED -> Effect.NEUTRAL;
    };
  }

  /** Whether evidence has spoken, or nothing more is expected. */
  public boolean isDone() {
    return this != PLANNED && this != OFFERED && this != FETCHED;
  }
}
