package dev.palisade.audit.verdict;

import dev.palisade.catalog.SettingValue;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Values as the sentences of a verdict have them. */
final class ValueWords {

  private static final int LONGEST = 60;
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** The end of a sentence about a value that nothing accounts for. */
  static final String UNEXPLAINED = "Nothing on the host explains it in this evidence.";

  private static final int LONGEST_REASON = 300;

  private ValueWords() {}

  /** Somebody's words on one line. */
  static String line(String words) {
    String line = words.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }

  static String asked(Expected expected) {
    return meaning(expected, expected.value().display());
  }

  static String meaning(Expected expected, String value) {
    OptionalLong number = RunningValue.number(value);
    String word =
        number.isPresent()
            ? expected.setting().meaning(new SettingValue.Int(number.getAsLong()))
            : null;
    return word == null ? shown(value) : value + " (" + word + ")";
  }

  static String shown(String value) {
    String line = SPACE.matcher(value.strip()).replaceAll(" ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
