package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixScanner.NotLiteral;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one literal of a Nix expression: a text, a number, a boolean, null or a list of these. */
final class NixLiterals {

  private static final int MOST_DEPTH = 64;
  private static final String ONLY_RANGES =
      "Only port ranges { from = …; to = …; } are read within lists.";

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
      SettingValue item = in.peek() == '{' ? range() : expression(depth + 1);
      if (item == null || item instanceof SettingValue.Items) {
        throw new NotLiteral("A list holds plain values only.");
      }
      items.add(item);
      in.skipSpace();
    }
    in.next();
    return new SettingValue.Items(items);
  }

  /** {@code { from = 8000; to = 8010; }} within a list. */
  private SettingValue range() throws NotLiteral {
    in.next();
    Integer from = null;
    Integer to = null;
    in.skipSpace();
    while (in.peek() != '}') {
      String name = in.name();
      in.skipSpace();
      in.expect('=', ONLY_RANGES);
      in.skipSpace();
      long number = in.number().value();
      in.skipSpace();
      in.expect(';', ONLY_RANGES);
      in.skipSpace();
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw new NotLiteral("This is no port.");
      }
      if (name.equals("from")) {
        from = (int) number;
      } else if (name.equals("to")) {
        to = (int) number;
      } else {
        throw new NotLiteral(ONLY_RANGES);
      }
    }
    in.next();
    if (from == null || to == null) {
      throw new NotLiteral("A port range has from and to.");
    }
    return new SettingValue.PortRange(from, to);
  }
}
