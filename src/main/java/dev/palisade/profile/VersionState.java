package dev.palisade.profile;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a version stands. Only a draft can be edited; rejected and retired are final. */
public enum VersionState {
  DRAFT("Draft"),
  IN_REVIEW("In review"),
  APPROVED("Approved"),
  REJECTED("Rejected"),
  RETIRED("Retired");

  private final String word;

  VersionState(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The word within a sentence: {@code in review}. */
  public String inSentence() {
    return word.toLowerCase(Locale.ROOT);
  }

  /** The word used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether people approved it, even if it is retired now. */
  public boolean wasApproved() {
    return this == APPROVED || this == RETIRED;
  }

  public boolean mayBecome(VersionState next) {
    return nextStates().contains(next);
  }

  private Set<VersionState> nextStates() {
    return switch (this) {
      case DRAFT -> EnumSet.of(IN_REVIEW);
      case IN_REVIEW -> EnumSet.of(DRAFT, APPROVED, REJECTED);
      case APPROVED -> EnumSet.of(RETIRED);
      case REJECTED, RETIRED -> EnumSet.noneOf(VersionState.class);
    };
  }
}
