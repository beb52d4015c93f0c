package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixScanner.NotLiteral;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one literal of a Nix expression: a text, a number, a boolean, null or a list of these. */
final class NixLiterals {

  private static final int MOST_DEPTH = 64;
  private static final String ONLY_SETS =
      "A set within a list is a port range {from, to} or an address {addr, port}.";

  private final NixScanner in;

  NixLiterals(NixScanner in) {
    this.in = in;
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
      return new SettingValue.Text(in.string());
    }
    if (c == '\'' && in.isAt("''")) {
      return new SettingValue.Text(in.indentedString());
    }
    if (c == '[') {
      return list(depth);
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
    String word = in.name();
    while (in.peek() == '.') {
      in.next();
      word = in.name();
    }
    return switch (word) {
      case "true", "false" -> new SettingValue.Bool(word.equals("true"));
      case "null" -> null;
      default ->
          throw new NotLiteral(
              "“" + NixReader.shortened(word) + "” is no literal; nothing is evaluated here.");
    };
  }

  private SettingValue list(int depth) throws NotLiteral {
    in.next();
    List<SettingValue> items = new ArrayList<>();
    in.skipSpace();
    while (in.peek() != ']') {
      if (in.isAtEnd()) {
        throw new NotLiteral("The list does not end.");
      }
      SettingValue item = in.peek() == '{' ? set(depth) : expression(depth + 1);
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
