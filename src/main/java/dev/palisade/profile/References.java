package dev.palisade.profile;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.core.DomainException;
import dev.palisade.nix.NixText;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parameters in settings: <code>${name}</code> as a whole value, as a whole element of a list, or
 * as one segment of a key. Any other text with a dollar sign is text.
 */
public final class References {

  /** How a parameter is named. */
  public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(" + NAME + ")}");

  private References() {}

  /** The name of the parameter that a value is, if it is one. */
  public static Optional<String> of(SettingValue value) {
    if (!(value instanceof Text text)) {
      return Optional.empty();
    }
    Matcher matcher = REFERENCE.matcher(text.value());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** A parameter as keys and values write it. */
  public static String to(String name) {
    return "${" + name + "}";
  }

  static String renamed(String key, String from, String to) {
    return key.replace(to(from), to(to));
  }

  static SettingValue renamed(SettingValue value, String from, String to) {
    if (value instanceof Items list) {
      return new Items(list.items().stream().map(item -> renamed(item, from, to)).toList());
    }
    return of(value).filter(from::equals).isPresent() ? new Text(to(to)) : value;
  }

  /**
   * The key under which a setting that the catalog has for each interface stands for one.
   *
   * @param named an interface's name, or a parameter as {@link #to} writes it
   * @throws DomainException where it is neither
   */
  public static String forInterface(Setting each, String named) {
    String text = named == null ? "" : named.strip();
    boolean parameter = of(new Text(text)).isPresent();
    if (!parameter && ParameterType.INTERFACE.parse(text).isEmpty()) {
      throw DomainException.notValid(
          "/interface", "This is neither the name of a network interface nor a parameter.");
    }
    return parameter
        ? each.key().replace(Setting.INTERFACE, text)
        : inKey(
            each.key().replace(Setting.INTERFACE, to("interface")),
            each.kind(),
            Map.of("interface", new Text(text)));
  }

  /** The names of the parameters in a key. */
  public static NavigableSet<String> in(String key) {
    NavigableSet<String> names = new TreeSet<>();
    Matcher matcher = REFERENCE.matcher(key);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The names of the parameters in a key and its value. */
  public static NavigableSet<String> in(String key, SettingValue value) {
    NavigableSet<String> names = in(key);
    if (value instanceof Items list) {
      list.items().forEach(item -> of(item).ifPresent(names::add));
    }
    of(value).ifPresent(names::add);
    return names;
  }

  /**
   * The key with its parameter's value in place. A sysctl key writes a dot of an interface's name
   * as a slash; an option's path has such a name in quotes.
   *
   * @param values by name; must hold each parameter of the key
   */
  public static String inKey(String key, SettingKind kind, Map<String, SettingValue> values) {
    return REFERENCE
        .matcher(key)
        .replaceAll(
            match -> {
              String segment = values.get(match.group(1)).display();
              String written =
                  kind == SettingKind.SYSCTL
                      ? segment.replace('.', '/')
                      : segment.contains(".") ? NixText.string(segment) : segment;
              return Matcher.quoteReplacement(written);
            });
  }

  /**
   * The value with its parameters' values in place. A switch of the kernel is 0 or 1, and what two
   * parameters add to one list stands in it once.
   */
  public static SettingValue inValue(
      SettingValue value, SettingKind kind, Map<String, SettingValue> values) {
    if (value instanceof Items list) {
      boolean supplied = list.items().stream().anyMatch(item -> of(item).isPresent());
      Stream<SettingValue> items = list.items().stream().map(item -> inValue(item, kind, values));
      return new Items((supplied ? items.distinct() : items).toList());
    }
    SettingValue found = of(value).map(values::get).orElse(value);
    return kind == SettingKind.SYSCTL && found instanceof Bool bool && found != value
        ? new Int(bool.value() ? 1 : 0)
        : found;
  }
}
