package dev.palisade.audit.foretell;

/**
 * Something that may stop working on a host.
 *
 * @param key the setting that does it, or the parameter that is missing
 * @param what the fact, as the beginning of a sentence without its stop
 * @param evidence what was seen on the host that speaks for it, or that nothing was
 * @param cure what to do about it, as a sentence; empty where it is for a person to see
 */
public record Risk(Grade grade, String key, String what, String evidence, String cure) {

  /** How grave it is, worst first. */
  public enum Grade {
    /** The way in by which people reach the host, or the way out to the portal, is cut. */
    LOCK_OUT("lock-out", "Locks out"),
    /** Something that the host is seen to do would stop. */
    BREAKAGE("breakage", "Breaks"),
    /** Known to break some hosts; whether this one is among them is for a person to see. */
    CHECK("check", "Check");

    private final String code;
    private final String word;

    Grade(String code, String word) {
      this.code = code;
      this.word = word;
    }

    /** The word used in the API. */
    public String code() {
      return code;
    }

    public String word() {
      return word;
    }
  }

  static Risk lockOut(String key, String what, String evidence, String cure) {
    return new Risk(Grade.LOCK_OUT, key, what, evidence, cure);
  }

  static Risk breakage(String key, String what, String evidence) {
    return new Risk(Grade.BREAKAGE, key, what, evidence, "");
  }

  public static Risk check(String key, String what, String evidence) {
    return new Risk(Grade.CHECK, key, what, evidence, "");
  }

  public boolean isLockOut() {
    return grade == Grade.LOCK_OUT;
  }
}
