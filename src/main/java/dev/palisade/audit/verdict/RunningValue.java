package dev.palisade.audit.verdict;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Compares a running value with an expected one by the setting's type, never as plain text. */
final class RunningValue {

  /** How a running value stands to what was asked for. */
  enum Comparison {
    EQUAL,
    BETTER,
    OTHER
  }

  private RunningValue() {}

  static Comparison compare(Setting setting, SettingValue expected, String running) {
    if (equal(setting.type(), expected, running)) {
      return Comparison.EQUAL;
    }
    List<SettingValue> ranking = setting.acceptable();
    int asked = ranking.indexOf(expected);
    for (int i = asked + 1; asked >= 0 && i < ranking.size(); i++) {
      if (equal(setting.type(), ranking.get(i), running)) {
        return Comparison.BETTER;
      }
    }
    return Comparison.OTHER;
  }

  private static boolean equal(ValueType type, SettingValue expected, String running) {
    return switch (type) {
      case SWITCH, INT, CHOICE_INT, BITMASK, BOOL, FLAG -> {
        OptionalLong number = number(running);
        yield number.isPresent() && number(expected.display()).equals(number);
      }
      case INT_VECTOR -> numbers(expected.display()).equals(numbers(running));
      default -> expected.display().strip().equals(running.strip());
    };
  }

  private static List<OptionalLong> numbers(String text) {
    return List.of(text.strip().split("\\s+")).stream().map(RunningValue::number).toList();
  }

  /** A whole number; true is 1 and false is 0; empty for anything else. */
  static OptionalLong number(String text) {
    String stripped = text.strip().toLowerCase(Locale.ROOT);
    if (stripped.equals("true")) {
      return OptionalLong.of(1);
    }
    if (stripped.equals("false")) {
      return OptionalLong.of(0);
    }
    try {
      return OptionalLong.of(Long.parseLong(stripped));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
