package dev.palisade.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a setting of the catalog must fulfil. */
final class CatalogCheck {

  private static final Pattern PER_INTERFACE =
      Pattern.compile("net\\.ipv[46]\\.conf\\.(all|default|\\*)\\..+");

  private CatalogCheck() {}

  /** What is wrong with one setting by itself; empty when nothing is. */
  static List<String> faultsOf(Setting setting) {
    List<String> faults = new ArrayList<>();
    if (setting.label().isBlank() || setting.description().isBlank()) {
      faults.add("label and description must say something");
    }
    boolean choice = setting.type() == ValueType.CHOICE || setting.type() == ValueType.CHOICE_INT;
    if (choice == setting.bounds().values().isEmpty()) {
      faults.add("values are listed for a choice, and for nothing else");
    }
    if (setting.type() == ValueType.INT
        && (setting.bounds().min() == null || setting.bounds().max() == null)) {
      faults.add("a number has a least and a greatest value");
    }
    if (setting.bounds().min() != null
        && setting.bounds().max() != null
        && setting.bounds().min() > setting.bounds().max()) {
      faults.add("the least value is greater than the greatest");
    }
    if (!setting.bounds().on().isEmpty() && setting.type() != ValueType.INT) {
      faults.add("only a number has bounds of one architecture");
    }
    if (setting.bounds().on().values().stream().anyMatch(r -> r.min() > r.max())) {
      faults.add("on an architecture the least value is greater than the greatest");
    }
    if ((setting.type() == ValueType.INT_VECTOR) == (setting.bounds().size() == null)) {
      faults.add("a size is given for a vector, and for nothing else");
    }
    if (setting.kernelDefault() != null) {
      ValueCheck.faults(setting, setting.kernelDefault()).forEach(f -> faults.add("default: " + f));
    }
    setting
        .acceptable()
        .forEach(v -> ValueCheck.faults(setting, v).forEach(f -> faults.add("acceptable: " + f)));
    if (PER_INTERFACE.matcher(setting.key()).matches() == (setting.combine() == CombineRule.NONE)) {
      faults.add("a combine rule is given for keys of all, default and *, and for nothing else");
    }
    if (setting.merge() != MergeKind.SCALAR && !isList(setting.type())) {
      faults.add("only lists are merged by adding or as a whole");
    }
    if (setting.optionDepth() != null
        && (setting.kind() != SettingKind.NIXOS_OPTION
            || setting.optionDepth() < 1
            || setting.optionDepth() >= setting.key().split("\\.").length)) {
      faults.add("an option depth is given for keys within an option's value, and is shorter");
    }
    faults.addAll(OrderCheck.faultsOf(setting));
    if (setting.controls().stream().anyMatch(c -> c.benchmark().isBlank() || c.id().isBlank())) {
      faults.add("a control names its benchmark and its id");
    }
    return faults;
  }

  /** Mentions of keys that the catalog does not have. */
  static List<String> danglingKeys(Setting setting, Set<String> keys) {
    List<String> faults = new ArrayList<>();
    if (setting.alias() != null && !keys.contains(setting.alias())) {
      faults.add(setting.key() + ": alias of the unknown " + setting.alias());
    }
    Setting.Condition idle = setting.noEffectWhile();
    if (idle != null && !keys.contains(idle.key())) {
      faults.add(setting.key() + ": idle while the unknown " + idle.key());
    }
    return faults;
  }

  private static boolean isList(ValueType type) {
    return switch (type) {
      case TEXT_LIST, PORT_LIST, PORT_RANGE_LIST, LISTEN_ADDRESS_LIST, LINES -> true;
      default -> false;
    };
  }
}
