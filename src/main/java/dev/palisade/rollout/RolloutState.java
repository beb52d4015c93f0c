package dev.palisade.rollout;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a rollout stands. */
public enum RolloutState {
  DRAFT("Draft"),
  SCHEDULED("Scheduled"),
  RUNNING("Running"),
  PAUSED("Paused"),
  HALTED("Halted"),
  FINISHED("Finished"),
  ABORTED("Aborted");

  private final String word;

  RolloutState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The word used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean mayBecome(RolloutState next) {
    return nextStates().contains(next);
  }

  private Set<RolloutState> nextStates() {
    return switch (this) {
      case DRAFT -> EnumSet.of(SCHEDULED, RUNNING, ABORTED);
      case SCHEDULED -> EnumSet.of(RUNNING, ABORTED);
      case RUNNING -> EnumSet.of(PAUSED, HALTED, FINISHED, ABORTED);
      case PAUSED, HALTED -> EnumSet.of(RUNNING, ABORTED);
      case FINISHED, ABORTED -> EnumSet.noneOf(RolloutState.class);
    };
  }
}
