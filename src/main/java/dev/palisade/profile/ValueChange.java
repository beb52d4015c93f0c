package dev.palisade.profile;

import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.Stricter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A change between two values of a setting, in words.
 *
 * @param before the first value as a sentence names it
 * @param after the second value as a sentence names it
 */
record ValueChange(Setting known, SettingValue from, SettingValue to, String before, String after) {

  static final String TUNING = "Tuning: no value of it is stricter than another.";

  private static final int SHOWN = 60;

  ChangeReading read() {
    Direction direction = known.direction(from, to);
    return new ChangeReading(
        direction,
        switch (direction) {
          case WEAKER, STRONGER -> ordered(direction);
          case NEUTRAL -> alike();
          case UNKNOWN -> notRanked();
        });
  }

  private String ordered(Direction direction) {
    boolean weaker = direction == Direction.WEAKER;
    String word = weaker ? "weaker" : "stronger";
    if (from instanceof Items a && to instanceof Items b) {
      return "%s, which is %s; the risk of the weaker list: %s"
          .formatted(difference(a, b), word, risk(known));
    }
    return upper(
        "%s is %s than %s; the risk with %s: %s"
            .formatted(after, word, before, shown(known, weaker ? to : from), risk(known)));
  }

  private String alike() {
    return isTuning(known) ? TUNING : upper(before + " and " + after + " are equally strict.");
  }

  private String notRanked() {
    if (known.stricter() == null) {
      return "The catalog has no order for this setting.";
    }
    if (known.combine() == CombineRule.MAX) {
      return "The kernel takes the greater of all and an interface’s own value, so which is"
          + " stricter depends on the other one.";
    }
    if (from instanceof Items a && to instanceof Items b) {
      return difference(a, b) + ": neither list holds all of the other.";
    }
    return "The catalog does not rank " + after + " against " + before + ".";
  }

  private static String difference(Items from, Items to) {
    List<String> parts = new ArrayList<>();
    String more = listed(to, item -> !from.items().contains(item));
    String less = listed(from, item -> !to.items().contains(item));
    if (!more.isEmpty()) {
      parts.add("adds " + more);
    }
    if (!less.isEmpty()) {
      parts.add("takes away " + less);
    }
    return upper(String.join(" and ", parts));
  }

  private static String listed(Items items, Predicate<SettingValue> wanted) {
    return cut(
        String.join(
            " ", items.items().stream().filter(wanted).map(SettingValue::display).toList()));
  }

  static boolean isTuning(Setting known) {
    return known.stricter() != null && known.stricter().rule() == Stricter.Rule.NEITHER;
  }

  /** A value with its word on one line: {@code 1 strict}. */
  static String shown(Setting known, SettingValue value) {
    String word = known.meaning(value);
    return cut(word == null ? value.display() : value.display() + " " + word);
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.codePointCount(0, line.length()) <= SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /** What the weaker value lets happen, as the end of a sentence. */
  static String risk(Setting known) {
    String sentence = known.risk();
    boolean plainWord =
        sentence.length() > 1
            && Character.isUpperCase(sentence.charAt(0))
            && !Character.isUpperCase(sentence.charAt(1));
    return plainWord ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
  }

  private static String upper(String sentence) {
    return sentence.isEmpty()
        ? sentence
        : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
