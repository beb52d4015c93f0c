package dev.palisade.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as sshd_config writes them, {@code 2m} or {@code 1h30m}, where the catalog has seconds. */
public final class SshdTime {

  private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9}[smhdwSMHDW]){1,8}");
  private static final Pattern PART = Pattern.compile("([0-9]+)([a-z])");

  private SshdTime() {}

  /** The seconds that a text means for this setting; empty where it is no such time. */
  public static Optional<Long> seconds(Setting setting, String text) {
    String plain = text.strip();
    if (setting.type() != ValueType.INT
        || !setting.key().startsWith("services.openssh.")
        || !WHOLE.matcher(plain).matches()) {
      return Optional.empty();
    }
    long seconds = 0;
    Matcher part = PART.matcher(plain.toLowerCase(Locale.ROOT));
    while (part.find()) {
      seconds +=
          Long.parseLong(part.group(1))
              * switch (part.group(2)) {
                case "m" -> 60;
                case "h" -> 3_600;
                case "d" -> 86_400;
                case "w" -> 604_800;
                default -> 1;
              };
    }
    return Optional.of(seconds);
  }

  /** What to write instead of a time, as a sentence with a space before it; may be empty. */
  static String hint(Setting setting, String text) {
    return seconds(setting, text)
        .map(s -> " “" + text.strip() + "” is " + s + " seconds: write " + s + ".")
        .orElse("");
  }
}
