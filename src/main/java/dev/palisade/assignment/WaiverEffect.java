package dev.palisade.assignment;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a waiver does. */
public enum WaiverEffect {
  /** The setting is asked for as before; that it does not hold is accepted. Acts at once. */
  ACCEPT("Accept that it does not hold"),
  /** Another value takes its place, with the next rollout. */
  VALUE("Give it another value"),
  /** The setting is left out, with the next rollout. */
  UNMANAGED("Leave it alone");

  private final String words;

  WaiverEffect(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** Whether it changes what is rolled out, and not only how it is judged. */
  public boolean isRolledOut() {
    return this != ACCEPT;
  }

  /** By its {@link #code}; empty for any other word. */
  public static Optional<WaiverEffect> of(String code) {
    return Stream.of(values()).filter(effect -> effect.code().equals(code)).findFirst();
  }

  /** The word used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
