package dev.palisade.core;

import org.jspecify.annotations.Nullable;

/** Checks of text that people type, the same everywhere. */
public final class Words {

  /** Letters and symbols by their category, and yet blank. */
  private static final String BLANK = "\u115F\u1160\u2800\u3164\uFFA0";

  /** So many letters or digits make a reason. */
  private static final int LEAST = 3;

  private Words() {}

  /**
   * One line that must be there.
   *
   * @param pointer where it stands in the input
   * @param most its greatest length in UTF-16 units
   * @return the text without surrounding white space
   */
  public static String line(String pointer, @Nullable String text, int most) {
    String line = visible(text);
    if (line.isEmpty()) {
      throw DomainException.notValid(pointer, "This must not be empty.");
    }
    if (line.chars().anyMatch(Character::isISOControl)) {
      throw DomainException.notValid(
          pointer, "This is one line: line breaks, tabs and control characters are not accepted.");
    }
    return bounded(pointer, line, most);
  }

  /**
   * Text that may be empty and may have several lines.
   *
   * @return the text without surrounding white space; empty where nothing of it can be seen
   */
  public static String text(String pointer, @Nullable String text, int most) {
    String kept = visible(text);
    if (kept.chars()
        .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
      throw DomainException.notValid(
          pointer, "Control characters other than line breaks and tabs are not accepted.");
    }
    return bounded(pointer, kept, most);
  }

  /**
   * The same where something has to be said.
   *
   * @param otherwise what is answered where nothing is
   */
  public static String said(String pointer, @Nullable String text, int most, String otherwise) {
    String words = text(pointer, text, most);
    if (words.isEmpty()) {
      throw DomainException.notValid(pointer, otherwise);
    }
    return words;
  }

  private static String visible(@Nullable String text) {
    return text != null && text.codePoints().anyMatch(Words::isVisible) ? text.strip() : "";
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.CONTROL -> !Character.isWhitespace(character);
      default -> BLANK.indexOf(character) < 0;
    };
  }

  /**
   * A reason that others read later; it says something, in letters or digits.
   *
   * @param pointer where it stands in the input
   * @param most its greatest length in UTF-16 units
   * @return the text without surrounding white space
   */
  public static String reason(String pointer, @Nullable String text, int most) {
    String reason = text(pointer, text, most);
    long said =
        reason.codePoints().filter(c -> Character.isLetterOrDigit(c) && isVisible(c)).count();
    if (said < LEAST) {
      throw DomainException.notValid(
          pointer, "Say why, in words: blanks and characters that nobody sees are no reason.");
    }
    return reason;
  }

  private static String bounded(String pointer, String text, int most) {
    if (text.length() > most) {
      throw DomainException.notValid(
          pointer, "This has " + text.length() + " characters; at most " + most + " are accepted.");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        throw DomainException.notValid(pointer, "This holds half a Unicode character.");
      }
    }
    return text;
  }
}
