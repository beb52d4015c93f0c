package dev.palisade.audit.verdict;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueType;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

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

  static Comparison compare(Setting setting, SettingValue expected, String running) {
    ValueType type = setting.type();
    Object found = meant(type, running);
    if (found.equals(OptionalLong.empty())) {
      return Comparison.OTHER;
    }
    if (found.equals(meant(type, expected.display()))) {
      return Comparison.EQUAL;
    }
    List<SettingValue> ranking = setting.acceptable();
    int asked = ranking.indexOf(expected);
    for (int i = asked + 1; asked >= 0 && i < ranking.size(); i++) {
      if (found.equals(meant(type, ranking.get(i).display()))) {
        return Comparison.BETTER;
      }
    }
    return Comparison.OTHER;
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
