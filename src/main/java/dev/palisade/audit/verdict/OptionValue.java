package dev.palisade.audit.verdict;

import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.core.DomainException;
import org.jspecify.annotations.Nullable;

/** Judges an option by the one value that it is seen to have. */
final class OptionValue {

  private OptionValue() {}

  /** The value has to be this one. */
  static Judgement exact(Expected expected, String found, String where) {
    return judged(
        expected, found, RunningValue.compare(expected.setting(), expected.value(), found), where);
  }

  /** A stricter value will do as well. */
  static Judgement atLeast(Expected expected, String found, String where) {
    Comparison comparison = RunningValue.compare(expected.setting(), expected.value(), found);
    return judged(
        expected,
        found,
        comparison == Comparison.OTHER && isStricter(expected, found)
            ? Comparison.BETTER
            : comparison,
        where);
  }

  private static boolean isStricter(Expected expected, String found) {
    SettingValue value = typed(expected.setting(), found);
    return value != null
        && expected.setting().direction(expected.value(), value) == Direction.STRONGER;
  }

  private static @Nullable SettingValue typed(Setting setting, String text) {
    try {
      return ValueText.read(setting, text);
    } catch (DomainException e) {
      return null;
    }
  }

  static Judgement judged(Expected expected, String found, Comparison comparison, String where) {
    String asked = ValueWords.shown(expected.value().display());
    return switch (comparison) {
      case EQUAL ->
          Judgement.of(expected, Verdict.COMPLIANT, found, found, where + " has it as approved.");
      case BETTER ->
          Judgement.of(
              expected,
              Verdict.STRONGER,
              found,
              found,
              "%s has %s, which is stricter than %s."
                  .formatted(where, ValueWords.shown(found), asked));
      case OTHER ->
          Judgement.of(
              expected,
              Verdict.DRIFTED,
              found,
              found,
              "%s has %s, not %s.".formatted(where, ValueWords.shown(found), asked));
    };
  }

  static Judgement unknown(Expected expected, String why) {
    return Judgement.of(expected, Verdict.UNKNOWN, null, null, why);
  }
}
