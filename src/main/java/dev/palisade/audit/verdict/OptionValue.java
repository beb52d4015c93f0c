package dev.palisade.audit.verdict;

import dev.palisade.audit.verdict.RunningValue.Comparison;

/** Judges an option by the one value that it is seen to have. */
final class OptionValue {

  private OptionValue() {}

  /** Judges a value by the order of the catalog: a stricter one holds as well. */
  static Judgement ranked(Expected expected, String found, String where) {
    return judged(
        expected, found, RunningValue.compare(expected.setting(), expected.value(), found), where);
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
