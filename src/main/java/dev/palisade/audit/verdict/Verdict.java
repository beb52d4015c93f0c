package dev.palisade.audit.verdict;

import java.util.Locale;

/** What evidence says about one expected setting. */
public enum Verdict {
  /** The running value is what was asked for. */
  COMPLIANT("Compliant", VerdictGroup.HOLDING),
  /** The running value is better than what was asked for. */
  STRONGER("Stronger", VerdictGroup.HOLDING),
  /** Declared right, running wrong. */
  DRIFTED("Drifted", VerdictGroup.FAILING),
  /** The host's own configuration declares something else. */
  OVERRIDDEN("Overridden", VerdictGroup.FAILING),
  /** Written, but what is in effect differs. */
  SHADOWED("Shadowed", VerdictGroup.FAILING),
  /** The host still runs an older release. */
  NOT_DEPLOYED("Not deployed", VerdictGroup.WAITING),
  /** Takes effect with the next boot. */
  PENDING_REBOOT("Pending reboot", VerdictGroup.WAITING),
  /** The running kernel has no such key. */
  ABSENT("Absent", VerdictGroup.NOT_KNOWN),
  /** Whoever collected the evidence may not read the key. */
  UNREADABLE("Unreadable", VerdictGroup.NOT_KNOWN),
  /** No evidence speaks of it. */
  UNKNOWN("Unknown", VerdictGroup.NOT_KNOWN),
  /** Somebody decided that it need not hold for a while. */
  WAIVED("Waived", VerdictGroup.WAIVED),
  /** The kernel does not act on this setting, whatever its value. */
  NO_EFFECT("No effect", VerdictGroup.NO_EFFECT);

  private final String word;
  private final VerdictGroup group;

  Verdict(String word, VerdictGroup group) {
    this.word = word;
    this.group = group;
  }

  public String word() {
    return word;
  }

  public VerdictGroup group() {
    return group;
  }

  /** The word in the API, in the database and in style sheets: {@code not-deployed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The verdict with this code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Verdict of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
