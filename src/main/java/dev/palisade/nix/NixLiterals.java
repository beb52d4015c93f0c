package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixScanner.NotLiteral;
import dev.palisade.nix.NixScanner.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one literal of a Nix expression: a text, a number, a boolean, null or a list of these. */
final class NixLiterals {

  private static final int MOST_DEPTH = 64;
  private static final String ONLY_SETS =
      "A set within a list is a port range {from, to} or an address {addr, port}.";

  private final NixScanner in;
  private final NixNames names;

  NixLiterals(NixScanner in, NixNames names) {
    this.in = in;
    this.names = names;
  }

  /** A text in quotes; what it interpolates must be a text. */
  String string(int depth) throws NotLiteral {
    return in.string(() -> interpolated(depth + 1));
  }

  private String interpolated(int depth) throws NotLiteral {
    SettingValue value = null;
    try {
      value = expression(depth);
      in.skipSpace();
    } catch (NotLiteral e) {
      throw new NotLiteral(NixScanner.INTERPOLATION);
    }
    if (value instanceof SettingValue.Text text) {
      return text.value();
    }
    throw new NotLiteral(NixScanner.INTERPOLATION);
  }

  /**
   * Reads the literal that stands here.
   *
   * @return null for {@code null}
   * @throws NotLiteral where anything else stands
   */
  @Nullable SettingValue expression(int depth) throws NotLiteral {
    if (depth > MOST_DEPTH) {
      throw new NotLiteral("It is nested too deeply.");
    }
    in.skipSpace();
    char c = in.peek();
    if (c == '"') {
      return new SettingValue.Text(string(depth));
    }
    if (c == '\'' && in.isAt("''")) {
      return new SettingValue.Text(in.indentedString());
    }
    if (c == '[') {
      return list(depth, null);
    }
    if (c == '(') {
      in.next();
      SettingValue inner = expression(depth + 1);
      in.skipSpace();
      in.expect(')', NixReader.MORE);
      return inner;
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return in.number();
    }
    if (in.isAt("./") || in.isAt("../") || c == '/' || c == '<') {
      throw new NotLiteral("A path is no literal; other files are not read.");
    }
    List<String> path = new ArrayList<>(List.of(in.name()));
    while (in.peek() == '.') {
      in.next();
      path.add(in.peek() == '"' ? in.string() : in.name());
    }
    String word = path.get(path.size() - 1);
    if (word.equals("toString")) {
      return new SettingValue.Text(asText(depth + 1));
    }
    Optional<NixNames.Target> target = names.find(path);
    if (target.isPresent()) {
      return names.at(target.get(), () -> expression(depth + 1));
    }
    return switch (path.size() == 1 ? word : "") {
      case "true", "false" -> new SettingValue.Bool(word.equals("true"));
      case "null" -> null;
      default ->
          throw new NotLiteral(
              "“"
                  + NixReader.shortened(String.join(".", path))
                  + "” is no literal; nothing is evaluated here.");
    };
  }

  /** What {@code toString} makes of the literal after it. */
  private String asText(int depth) throws NotLiteral {
    SettingValue value = expression(depth);
    if (value instanceof SettingValue.Items) {
      throw new NotLiteral("A list as a text is not read.");
    }
    if (value instanceof SettingValue.Bool bool) {
      return bool.value() ? "1" : "";
    }
    return value == null ? "" : value.display();
  }

  /** The number after {@code mkOverride} or {@code mkOrder}. */
  int argument() throws NotLiteral {
    boolean bracketed = in.peek() == '(';
    if (bracketed) {
      in.next();
      in.skipSpace();
    }
    int number = (int) in.number().value();
    if (bracketed) {
      in.skipSpace();
      in.expect(')', NixReader.MORE);
    }
    return number;
  }

  /**
   * Reads a list.
   *
   * @param leftOut takes the elements that are no literals; null where there may be none
   */
  SettingValue.Items list(int depth, @Nullable List<String> leftOut) throws NotLiteral {
    in.next();
    List<SettingValue> items = new ArrayList<>();
    in.skipSpace();
    while (in.peek() != ']') {
      if (in.isAtEnd()) {
        throw new NotLiteral("The list does not end.");
      }
      Place start = in.place();
      SettingValue item;
      try {
        item = in.peek() == '{' ? set(depth) : expression(depth + 1);
      } catch (NotLiteral e) {
        in.backTo(start);
        if (leftOut == null || in.peek() == '[') {
          throw e;
        }
        String element = in.argument();
        if (element.isEmpty()) {
          throw e;
        }
        leftOut.add(NixReader.shortened(element));
        in.skipSpace();
        continue;
      }
      if (item == null || item instanceof SettingValue.Items) {
        throw new NotLiteral("A list holds plain values only.");
      }
      items.add(item);
      in.skipSpace();
    }
    in.next();
    return new SettingValue.Items(items);
  }

  /**
   * {@code { from = 8000; to = 8010; }} or {@code { addr = "10.0.0.5"; port = 22; }} within a list.
   */
  private SettingValue set(int depth) throws NotLiteral {
    in.next();
    Map<String, SettingValue> members = new HashMap<>();
    in.skipSpace();
    while (in.peek() != '}') {
      String name = in.name();
      in.skipSpace();
      in.expect('=', ONLY_SETS);
      SettingValue member = expression(depth + 1);
      in.skipSpace();
      in.expect(';', ONLY_SETS);
      in.skipSpace();
      if (member != null && members.put(name, member) != null) {
        throw new NotLiteral("“" + NixReader.shortened(name) + "” stands in one set twice.");
      }
    }
    in.next();
    boolean range = members.keySet().equals(Set.of("from", "to"));
    if (range) {
      return new SettingValue.PortRange(port(members.get("from")), port(members.get("to")));
    }
    if (members.get("addr") instanceof SettingValue.Text addr
        && Set.of("addr", "port").containsAll(members.keySet())) {
      SettingValue port = members.get("port");
      return new SettingValue.ListenAddress(addr.value(), port == null ? null : port(port));
    }
    throw new NotLiteral(ONLY_SETS);
  }

  private static int port(@Nullable SettingValue value) throws NotLiteral {
    if (!(value instanceof SettingValue.Int number)
        || number.value() < 0
        || number.value() > Integer.MAX_VALUE) {
      throw new NotLiteral("This is no port.");
    }
    return (int) number.value();
  }
}
