package dev.palisade.catalog;

import java.util.Locale;

/** What a change does to the strength of a setting; in the order in which pages show changes. */
public enum Direction {
  WEAKER,
  STRONGER,
  /** No value is stricter than the other, or nothing acts on the setting. */
  NEUTRAL,
  /** The catalog does not know. */
  UNKNOWN;

  /** The word used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The same change, read backwards. */
  public Direction reversed() {
    return switch (this) {
      case WEAKER -> STRONGER;
      case STRONGER -> WEAKER;
      case NEUTRAL, UNKNOWN -> this;
    };
  }
}
