package dev.palisade.shell.view;

import dev.palisade.core.Count;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Functions that the tags call to put values into words. */
public final class Texts {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int BRIEF_DIGITS = 12;

  private Texts() {}

  /** The moment to the second in UTC, or the empty text for null. */
  public static String utc(Instant moment) {
    return moment == null ? "" : UTC.format(moment);
  }

  /** A number with its noun in the right form: {@code 1 host}, {@code 2 hosts}. */
  public static String count(long number, String noun) {
    return Count.of(number, noun);
  }

  /** An id for a part of a page, from what kind of part it is and its name. */
  public static String anchor(String kind, String name) {
    String words = Objects.toString(name, "").toLowerCase(Locale.ROOT);
    return kind + "-" + words.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  public static Instant now() {
    return Instant.now();
  }

  /** The key cut after each dot and slash, so that a narrow page may break it there. */
  public static List<String> parts(Object key) {
    return Arrays.asList(Objects.toString(key, "").split("(?<=[./])", -1));
  }

  /** The first twelve digits of a digest, without its {@code sha256:} prefix. */
  public static String brief(Object digest) {
    String hex = Objects.toString(digest, "").replaceFirst("^sha256:", "");
    return hex.length() <= BRIEF_DIGITS ? hex : hex.substring(0, BRIEF_DIGITS);
  }

  /** Up to two letters that stand for a person in a small circle. */
  public static String initials(String name) {
    StringBuilder letters = new StringBuilder();
    for (String word : Objects.toString(name, "").strip().split("[\\s._-]+", -1)) {
      if (!word.isEmpty() && letters.codePointCount(0, letters.length()) < 2) {
        letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
      }
    }
    return letters.toString();
  }
}
