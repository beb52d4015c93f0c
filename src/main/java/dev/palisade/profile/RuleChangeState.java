package dev.palisade.profile;

import java.util.Locale;

/** Where a proposed change of a profile's rule stands. All but open are final. */
public enum RuleChangeState {
  OPEN("Open"),
  APPROVED("Approved"),
  REJECTED("Rejected"),
  WITHDRAWN("Withdrawn"),
  VOID("Void");

  private final String word;

  RuleChangeState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The word used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
