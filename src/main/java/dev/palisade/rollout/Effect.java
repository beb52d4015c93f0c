package dev.palisade.rollout;

import java.util.Locale;

/** What the state of one host means for the outcome of its rollout. */
public enum Effect {
  /** Nothing yet: the host still waits for something. */
  OPEN,
  SUCCESS,
  FAILURE,
  /** Neither a success nor a failure: the host was skipped, or fails as it did before. */
  NEUTRAL;

  /** The word used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
