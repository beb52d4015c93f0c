package dev.palisade.audit.verdict;

import java.util.Locale;

/** What a verdict means for whoever looks after the host, worst first. */
public enum VerdictGroup {
  FAILING("Failing"),
  WAITING("Waiting"),
  NOT_KNOWN("Not known"),
  WAIVED("Waived"),
  NO_EFFECT("No effect"),
  HOLDING("Holding");

  private final String word;

  VerdictGroup(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The word in addresses and style sheets: {@code not-known}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
