package dev.palisade.audit.verdict;

import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.ValueType;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares a running value with an expected one by the setting's type, never as plain text. */
final class RunningValue {

  /** How a running value stands to what was asked for. */
  enum Comparison {
    EQUAL,
    BETTER,
    OTHER
  }

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** As kernels print them: other digits and a plus are no number. */
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  private RunningValue() {}

  /**
   * Whether the catalog accepts the running value in place of another without ranking it higher.
   */
  static boolean isAsGood(Setting setting, SettingValue expected, String running) {
    SettingValue value = typed(setting, running);
    return value != null && setting.direction(expected, value) == Direction.NEUTRAL;
  }

  /** Compares by the order of the catalog, which the difference of two versions uses as well. */
  static Comparison compare(Setting setting, SettingValue expected, String running) {
    return compare(setting, expected, running, false);
  }

  /** The same of a value that is in effect, with which no other combines any more. */
  static Comparison compareInEffect(Setting setting, SettingValue expected, String running) {
    return compare(setting, expected, running, true);
  }

  private static Comparison compare(
      Setting setting, SettingValue expected, String running, boolean inEffect) {
    ValueType type = setting.type();
    Object found = meant(type, running);
    if (found.equals(OptionalLong.empty())) {
      return Comparison.OTHER;
    }
    if (found.equals(meant(type, expected.display()))) {
      return Comparison.EQUAL;
    }
    SettingValue value = typed(setting, running);
    boolean stricter =
        value != null
            && (inEffect
                ? setting.isStricterInEffect(expected, value)
                : setting.isStricter(expected, value));
    return stricter ? Comparison.BETTER : Comparison.OTHER;
  }

  /**
   * The running value as the catalog writes it, so that it can be ranked; null where the catalog
   * does not speak of it: a number below the least one may mean something of its own.
   */
  private static @Nullable SettingValue typed(Setting setting, String running) {
    OptionalLong number = number(running);
    Setting.Bounds bounds = setting.bounds();
    return switch (setting.type()) {
      case SWITCH -> within(number, 0L, 1L);
      case INT, BITMASK -> within(number, bounds.leastAnywhere(), null);
      case CHOICE_INT, CHOICE -> choice(setting, running);
      case BOOL, FLAG ->
          within(number, 0L, 1L) instanceof Int one ? new Bool(one.value() == 1) : null;
      default -> null;
    };
  }

  private static @Nullable SettingValue within(
      OptionalLong number, @Nullable Long least, @Nullable Long greatest) {
    if (number.isEmpty()
        || (least != null && number.getAsLong() < least)
        || (greatest != null && number.getAsLong() > greatest)) {
      return null;
    }
    return new Int(number.getAsLong());
  }

  private static @Nullable SettingValue choice(Setting setting, String running) {
    String text = running.strip();
    return setting.bounds().values().stream()
        .filter(value -> value.display().equals(text))
        .findFirst()
        .orElse(null);
  }

  /** What a text says for a type; equal for texts that say the same. */
  private static Object meant(ValueType type, String text) {
    return switch (type) {
      case SWITCH, INT, CHOICE_INT, BITMASK, BOOL, FLAG -> number(text);
      case INT_VECTOR -> SPACE.splitAsStream(text.strip()).map(RunningValue::number).toList();
      default -> text.strip();
    };
  }

  /** A whole number; true is 1 and false is 0; empty for anything else. */
  static OptionalLong number(String text) {
    String stripped = text.strip();
    if (stripped.equalsIgnoreCase("true")) {
      return OptionalLong.of(1);
    }
    if (stripped.equalsIgnoreCase("false")) {
      return OptionalLong.of(0);
    }
    if (!NUMBER.matcher(stripped).matches()) {
      return OptionalLong.empty(); // an exception costs more than all the rest
    }
    try {
      return OptionalLong.of(Long.parseLong(stripped));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
