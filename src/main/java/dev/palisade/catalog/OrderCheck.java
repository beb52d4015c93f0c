package dev.palisade.catalog;

import dev.palisade.catalog.Stricter.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the order of a setting's values must fulfil. */
final class OrderCheck {

  private static final Pattern SAYS_NOTHING =
      Pattern.compile("(n/a|None|None known|None notable|Negligible|Low: .*|As above)?\\.?");

  private OrderCheck() {}

  static List<String> faultsOf(Setting setting) {
    List<String> faults = new ArrayList<>();
    Stricter stricter = setting.stricter();
    if (stricter != null) {
      if (!fits(stricter.rule(), setting.type())) {
        faults.add("values of this type are not ordered by “" + stricter.rule().code() + "”");
      }
      faults.addAll(ranks(setting, stricter));
      boolean ordered = stricter.rule() != Rule.NEITHER && setting.noEffect() == null;
      if (ordered && SAYS_NOTHING.matcher(setting.risk()).matches()) {
        faults.add("an order says what a weaker value lets happen");
      }
      boolean ranked = stricter.rule() != Rule.NEITHER && setting.type() != ValueType.FLAG;
      if (ranked && setting.references().isEmpty()) {
        faults.add("an order names its source");
      }
    }
    Setting.Unset unset = setting.unset();
    if (unset != null) {
      if (unset.by().isBlank() || (unset.value() != null && unset.weakest())) {
        faults.add("what holds when unset is somebody's value or weaker than any, not both");
      }
      if (unset.value() != null) {
        ValueCheck.faults(setting, unset.value()).forEach(f -> faults.add("unset: " + f));
      }
    }
    if (faults.isEmpty() && contradicts(setting)) {
      faults.add("acceptable values and the order contradict each other");
    }
    return faults;
  }

  /** Whether a value that is accepted in place of another is weaker by the order. */
  private static boolean contradicts(Setting setting) {
    List<SettingValue> accepted = setting.acceptable();
    for (int i = 0; i < accepted.size(); i++) {
      for (int j = i + 1; j < accepted.size(); j++) {
        if (setting.direction(accepted.get(i), accepted.get(j)) == Direction.WEAKER
            || ValueOrder.inEffect(setting, accepted.get(i), accepted.get(j)) == Direction.WEAKER) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> ranks(Setting setting, Stricter stricter) {
    List<String> faults = new ArrayList<>();
    List<SettingValue> values = stricter.ranks().stream().flatMap(List::stream).toList();
    if (stricter.rule() == Rule.LISTED && stricter.ranks().size() < 2) {
      faults.add("an order lists at least two values");
    }
    if (values.stream().distinct().count() < values.size()
        || stricter.ranks().stream().anyMatch(List::isEmpty)) {
      faults.add("an order lists each value once");
    }
    values.forEach(v -> ValueCheck.faults(setting, v).forEach(f -> faults.add("stricter: " + f)));
    return faults;
  }

  private static boolean fits(Rule rule, ValueType type) {
    return switch (rule) {
      case NEITHER -> true;
      case LOWER_UNLESS_ZERO -> type == ValueType.INT;
      case FEWER_BITS_ONE_IS_ALL -> type == ValueType.BITMASK;
      case HIGHER -> type == ValueType.FLAG || isMeasured(type);
      case LOWER -> isMeasured(type);
      case LISTED ->
          switch (type) {
            case INT, CHOICE_INT, BITMASK, CHOICE -> true;
            default -> false;
          };
    };
  }

  private static boolean isMeasured(ValueType type) {
    return switch (type) {
      case SWITCH, INT, CHOICE_INT, BITMASK, BOOL, TEXT_LIST, PORT_LIST, PORT_RANGE_LIST -> true;
      default -> false;
    };
  }
}
