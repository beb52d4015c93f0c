package dev.palisade.profile.view;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which input suits a setting, and what stands beside it. */
record SettingField(Setting setting) {

  private static final int MOST_BUTTONS = 4;

  /** {@code flag}, {@code buttons}, {@code menu}, {@code vector}, {@code lines} or {@code line}. */
  String kind() {
    return switch (setting.type()) {
      case FLAG -> "flag";
      case SWITCH, BOOL -> "buttons";
      case CHOICE, CHOICE_INT -> choices().size() <= MOST_BUTTONS ? "buttons" : "menu";
      case INT_VECTOR -> "vector";
      case LINES, TEXT_LIST -> "lines";
      case INT, BITMASK, TEXT, PORT_LIST, PORT_RANGE_LIST, LISTEN_ADDRESS_LIST -> "line";
    };
  }

  boolean isNumber() {
    return setting.type() == ValueType.INT || setting.type() == ValueType.BITMASK;
  }

  /** The values to choose from with their words, by the text that stands for each; may be empty. */
  Map<String, String> choices() {
    Map<String, String> choices = new LinkedHashMap<>();
    List<SettingValue> values =
        switch (setting.type()) {
          case SWITCH -> List.of(new Int(0), new Int(1));
          case BOOL -> List.of(new Bool(false), new Bool(true));
          case CHOICE, CHOICE_INT -> setting.bounds().values();
          default -> List.of();
        };
    for (SettingValue value : values) {
      String word = setting.meaning(value);
      if (word == null && setting.type() == ValueType.SWITCH) {
        word = value.equals(new Int(0)) ? "off" : "on";
      }
      choices.put(word == null ? value.display() : value.display() + " " + word, value.display());
    }
    return choices;
  }

  /** What may be typed, in half a line. */
  String help() {
    Long min = setting.bounds().min();
    Long max = setting.bounds().max();
    String unit = setting.unit() == null ? "" : " " + setting.unit();
    return switch (setting.type()) {
      case INT, BITMASK ->
          setting.bounds().on().isEmpty()
              ? (min == null || max == null
                      ? "a whole number"
                      : min + " to " + Math.min(max, SettingValue.MOST))
                  + unit
              : setting.rangesByArchitecture();
      case INT_VECTOR -> setting.bounds().size() + " whole numbers" + unit;
      case PORT_LIST -> "ports, spaces between; empty for none";
      case PORT_RANGE_LIST -> "ranges such as 8000-8010, spaces between; empty for none";
      case LISTEN_ADDRESS_LIST ->
          "addresses such as 10.0.0.5 or [2001:db8::1]:2222, spaces between; empty for all";
      case TEXT_LIST -> "one to a line; empty for none";
      case FLAG -> "present; take it out to leave it away";
      default -> "";
    };
  }

  /** The value with which it enters a draft: the kernel's default, else the first one accepted. */
  SettingValue first() {
    if (setting.kernelDefault() != null) {
      return setting.kernelDefault();
    }
    Long min = setting.bounds().min();
    return switch (setting.type()) {
      case SWITCH -> new Int(0);
      case INT, BITMASK -> new Int(min == null ? 0 : Math.max(min, -SettingValue.MOST));
      case CHOICE, CHOICE_INT -> setting.bounds().values().get(0);
      case BOOL, FLAG -> new Bool(true);
      case TEXT, LINES ->
          new Text(
              setting.bounds().suggested().isEmpty() ? "…" : setting.bounds().suggested().get(0));
      case INT_VECTOR -> new Items(Collections.nCopies(setting.bounds().size(), new Int(0)));
      case TEXT_LIST, PORT_LIST, PORT_RANGE_LIST, LISTEN_ADDRESS_LIST -> new Items(List.of());
    };
  }
}
