package dev.palisade.catalog;

import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.ListenAddress;
import dev.palisade.catalog.SettingValue.PortRange;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.core.DomainException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values as people type them: numbers and ports with spaces between them, ranges as {@code
 * 8000-8010}, one text to a line. What is read is typed, not yet checked against the bounds.
 */
public final class ValueText {

  private static final String POINTER = "/value";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

  /** In brackets, or with at most one colon; then perhaps a port. */
  private static final Pattern PLACE =
      Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+))(?::([0-9]{1,5}))?");

  private ValueText() {}

  /** The value in the form that {@link #read} takes. */
  public static String write(Setting setting, SettingValue value) {
    if (value instanceof Items list) {
      String between = setting.type() == ValueType.TEXT_LIST ? "\n" : " ";
      return String.join(between, list.items().stream().map(SettingValue::display).toList());
    }
    return value.display();
  }

  /**
   * Reads what somebody typed.
   *
   * @param typed null counts as empty: an empty list, or a value that is missing
   * @throws DomainException naming what the setting takes
   */
  public static SettingValue read(Setting setting, @Nullable String typed) {
    String text = typed == null ? "" : typed.strip();
    return switch (setting.type()) {
      case SWITCH, INT, BITMASK, CHOICE_INT -> number(text, SshdTime.hint(setting, text));
      case BOOL, FLAG -> bool(text);
      case CHOICE -> choice(setting, text);
      case TEXT, LINES -> new Text(required(text));
      case TEXT_LIST -> list(text, "\\R", Text::new);
      case INT_VECTOR, PORT_LIST -> list(text, "[\\s,]+", ValueText::number);
      case PORT_RANGE_LIST -> list(text, "[\\s,]+", ValueText::range);
      case LISTEN_ADDRESS_LIST -> list(text, "[\\s,]+", ValueText::address);
    };
  }

  private static SettingValue number(String text) {
    return number(text, "");
  }

  private static SettingValue number(String text, String hint) {
    if (!NUMBER.matcher(required(text)).matches()) {
      throw DomainException.notValid(POINTER, "“" + text + "” is not a whole number." + hint);
    }
    return new Int(Long.parseLong(text));
  }

  private static SettingValue bool(String text) {
    if (!required(text).equals("true") && !text.equals("false")) {
      throw DomainException.notValid(POINTER, "“" + text + "” is neither true nor false.");
    }
    return new Bool(text.equals("true"));
  }

  private static SettingValue choice(Setting setting, String text) {
    required(text);
    return setting.bounds().values().stream()
        .filter(value -> value.display().equals(text))
        .findFirst()
        .orElse(new Text(text));
  }

  private static SettingValue range(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw DomainException.notValid(POINTER, "“" + text + "” is not a range such as 8000-8010.");
    }
    return new PortRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
  }

  /**
   * An address, with or without a port: {@code 10.0.0.5}, {@code 10.0.0.5:2222}, {@code
   * 2001:db8::1}, {@code [2001:db8::1]:2222}.
   *
   * @throws DomainException for a port beyond 65535; whether the address is one is checked later
   */
  private static SettingValue address(String text) {
    Matcher place = PLACE.matcher(text);
    if (!place.matches()) {
      return new ListenAddress(text, null);
    }
    String addr = place.group(1) == null ? place.group(2) : place.group(1);
    return new ListenAddress(addr, place.group(3) == null ? null : Integer.valueOf(place.group(3)));
  }

  /**
   * The value as the setting's type has it: a text in a list of addresses stands for an address.
   * References to parameters stay as they are.
   */
  public static SettingValue typed(Setting setting, SettingValue value) {
    return setting.type() == ValueType.LISTEN_ADDRESS_LIST && value instanceof Items list
        ? new Items(list.items().stream().map(ValueText::typedAddress).toList())
        : value;
  }

  private static SettingValue typedAddress(SettingValue item) {
    return item instanceof Text text && !text.value().startsWith("${")
        ? address(text.value().strip())
        : item;
  }

  private static SettingValue list(
      String text, String between, Function<String, SettingValue> reader) {
    List<SettingValue> items = new ArrayList<>();
    for (String part : text.split(between, -1)) {
      if (!part.isBlank()) {
        items.add(reader.apply(part.strip()));
      }
    }
    return new Items(items);
  }

  private static String required(String text) {
    if (text.isEmpty()) {
      throw DomainException.notValid(POINTER, "A value is missing.");
    }
    return text;
  }
}
