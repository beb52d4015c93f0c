package dev.palisade.catalog;

import dev.palisade.catalog.Setting.Bounds;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.ListenAddress;
import dev.palisade.catalog.SettingValue.PortRange;
import dev.palisade.catalog.SettingValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a value. The kernel range-checks few keys and NixOS accepts a line break
 * inside a value, so nobody else would.
 */
final class ValueCheck {

  private static final int LINE_LENGTH = 1_000;
  private static final int LINES_LENGTH = 20_000;
  private static final int MOST_ITEMS = 1_000;

  /** IPv4, IPv6 with or without an interface, or the name of a host. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}"
              + "|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(?:%[0-9A-Za-z._-]+)?"
              + "|(?=.*[A-Za-z])[0-9A-Za-z](?:[0-9A-Za-z.-]{0,252})");

  private static final int MOST_PORT = 65_535;

  private final Setting setting;
  private final List<String> faults = new ArrayList<>();

  private ValueCheck(Setting setting) {
    this.setting = setting;
  }

  static List<String> faults(Setting setting, SettingValue value) {
    ValueCheck check = new ValueCheck(setting);
    check.value(value);
    return List.copyOf(check.faults);
  }

  private void value(SettingValue value) {
    switch (setting.type()) {
      case SWITCH -> number(value, 0, 1, "0 (off) or 1 (on)");
      case INT, BITMASK -> number(value, least(), greatest(), between());
      case CHOICE_INT, CHOICE -> choice(value);
      case INT_VECTOR -> vector(value);
      case BOOL -> require(value instanceof Bool, "true or false");
      case FLAG -> require(value.equals(new Bool(true)), "true");
      case TEXT -> line(value);
      case LINES -> lines(value);
      case TEXT_LIST -> items(value, "a list of texts", (item, place) -> line(item));
      case PORT_LIST -> items(value, "a list of ports", this::port);
      case PORT_RANGE_LIST -> items(value, "a list of port ranges {from, to}", this::range);
      case LISTEN_ADDRESS_LIST ->
          items(ValueText.typed(setting, value), "a list of addresses {addr, port}", this::address);
      default -> throw new IllegalStateException("No check for " + setting.type());
    }
  }

  private long least() {
    Long min = setting.bounds().leastAnywhere();
    return min == null ? Integer.MIN_VALUE : Math.max(min, -SettingValue.MOST);
  }

  private long greatest() {
    Long max = setting.bounds().greatestAnywhere();
    return max == null ? Integer.MAX_VALUE : Math.min(max, SettingValue.MOST);
  }

  private String between() {
    String range = "a whole number from " + least() + " to " + greatest();
    return setting.bounds().on().isEmpty()
        ? range
        : range + " (" + setting.rangesByArchitecture() + ")";
  }

  private void number(SettingValue value, long min, long max, String wanted) {
    if (!(value instanceof Int number) || number.value() < min || number.value() > max) {
      String hint = value instanceof Text text ? SshdTime.hint(setting, text.value()) : "";
      faults.add(setting.key() + " takes " + wanted + "." + hint);
    }
  }

  private void choice(SettingValue value) {
    Bounds bounds = setting.bounds();
    List<String> shown =
        bounds.values().stream()
            .map(
                v -> {
                  String label = bounds.labels().get(v.display());
                  return label == null ? v.display() : v.display() + " (" + label + ")";
                })
            .toList();
    require(bounds.values().contains(value), "one of " + String.join(", ", shown));
  }

  private void vector(SettingValue value) {
    int size = setting.bounds().size() == null ? 0 : setting.bounds().size();
    boolean numbers =
        value instanceof Items list
            && list.items().size() == size
            && list.items().stream()
                .allMatch(
                    i -> i instanceof Int n && n.value() >= 0 && n.value() <= Integer.MAX_VALUE);
    require(numbers, "a list of " + size + " whole numbers from 0 to " + Integer.MAX_VALUE);
  }

  private void line(SettingValue value) {
    if (!(value instanceof Text text)) {
      require(false, "a text");
      return;
    }
    String line = text.value();
    if (line.isBlank()) {
      require(false, "a text that is not empty");
    } else if (line.length() > LINE_LENGTH) {
      require(false, "a text of at most " + LINE_LENGTH + " characters");
    } else if (line.chars().anyMatch(Character::isISOControl) || hasHalfCharacter(line)) {
      faults.add(
          setting.key()
              + " takes one line: line breaks, NUL and other control characters are not accepted.");
    } else if (isKernelParameter() && line.chars().anyMatch(Character::isWhitespace)) {
      faults.add(setting.key() + " is part of the kernel command line: spaces are not accepted.");
    }
  }

  private boolean isKernelParameter() {
    return setting.kind() == SettingKind.KERNEL_PARAM || setting.key().equals("boot.kernelParams");
  }

  private void lines(SettingValue value) {
    if (!(value instanceof Text text) || text.value().length() > LINES_LENGTH) {
      require(false, "a text of at most " + LINES_LENGTH + " characters");
    } else if (hasHalfCharacter(text.value())
        || text.value()
            .chars()
            .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      faults.add(
          setting.key()
              + " takes lines of text: control characters other than tabs are not accepted.");
    }
  }

  private void items(
      SettingValue value, String wanted, BiConsumer<SettingValue, Integer> itemCheck) {
    if (!(value instanceof Items list)) {
      require(false, wanted);
    } else if (list.items().size() > MOST_ITEMS) {
      require(false, "at most " + MOST_ITEMS + " elements");
    } else {
      for (int i = 0; i < list.items().size(); i++) {
        itemCheck.accept(list.items().get(i), i);
      }
      if (list.items().stream().distinct().count() < list.items().size()) {
        faults.add(setting.key() + " has an element twice.");
      }
    }
  }

  private void port(SettingValue item, int place) {
    long min = setting.bounds().min() == null ? 0 : setting.bounds().min();
    if (!(item instanceof Int port) || port.value() < min || port.value() > MOST_PORT) {
      faults.add(
          "%s takes ports from %d to %d; element %d is %s."
              .formatted(setting.key(), min, MOST_PORT, place + 1, shown(item)));
    }
  }

  private void range(SettingValue item, int place) {
    if (!(item instanceof PortRange range)
        || range.from() < 0
        || range.to() > MOST_PORT
        || range.from() > range.to()) {
      faults.add(
          "%s takes ranges {from, to} of ports up to %d; element %d is %s."
              .formatted(setting.key(), MOST_PORT, place + 1, shown(item)));
    }
  }

  private void address(SettingValue item, int place) {
    if (!(item instanceof ListenAddress address)
        || !ADDRESS.matcher(address.addr()).matches()
        || (address.port() != null && (address.port() < 1 || address.port() > MOST_PORT))) {
      faults.add(
          "%s takes addresses {addr, port}, the port from 1 to %d or left out; element %d is %s."
              .formatted(setting.key(), MOST_PORT, place + 1, shown(item)));
    }
  }

  private void require(boolean holds, String wanted) {
    if (!holds) {
      faults.add(setting.key() + " takes " + wanted + ".");
    }
  }

  private static String shown(SettingValue value) {
    String text = value.display().replaceAll("\\p{Cntrl}", "�");
    return "“" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "”";
  }

  private static boolean hasHalfCharacter(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
