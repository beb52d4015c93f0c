package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixScanner.NotLiteral;
import dev.palisade.nix.NixScanner.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the literal bindings of a Nix expression: attribute sets nested or dotted, lists, strings,
 * numbers and booleans, also within {@code mkDefault}, {@code mkForce} and {@code mkOverride}. It
 * evaluates nothing; whatever else stands there is named and left out. A whole module, a bare set
 * and bare bindings are all read.
 */
public final class NixReader {

  private static final int MOST_DEPTH = 64;
  private static final int MOST_NOTES = 1_000;
  private static final int SHOWN = 80;
  private static final int NO_SET = -1;
  private static final String MORE = "The value is more than a literal; nothing is evaluated here.";

  /**
   * One literal binding.
   *
   * @param path attribute names from the outermost set to the innermost
   * @param value null for {@code null}
   * @param comment the comment lines right before it or before the run of bindings it stands in
   */
  public record Binding(
      List<String> path, @Nullable SettingValue value, int line, String comment) {}

  /** A place that was left out or read in a way that its author should know. */
  public record Note(int line, String text, String why) {}

  /** What was read, and what was not. */
  public record Result(List<Binding> bindings, List<Note> notUnderstood, List<Note> readings) {}

  private final NixScanner in;
  private final List<Binding> bindings = new ArrayList<>();
  private final List<Note> notUnderstood = new ArrayList<>();
  private final List<Note> readings = new ArrayList<>();

  private NixReader(String text) {
    this.in = new NixScanner(text);
  }

  /** Reads a whole text; never fails. */
  public static Result read(String text) {
    NixReader reader = new NixReader(text);
    reader.module();
    return new Result(
        List.copyOf(reader.bindings),
        List.copyOf(reader.notUnderstood),
        List.copyOf(reader.readings));
  }

  private void module() {
    in.skipSpace();
    head();
    if (in.peek() == '{') {
      in.next();
      bindings(List.of(), 0);
      if (in.peek() == '}') {
        in.next();
      }
      in.skipSpace();
      if (!in.isAtEnd()) {
        note(in.place(), "Only the first set is read.");
      }
      return;
    }
    while (!in.isAtEnd()) {
      bindings(List.of(), 0);
      if (!in.isAtEnd()) {
        note(in.place(), "A closing brace without an opening one.");
        in.next();
      }
    }
  }

  /** What stands before a module's set: its arguments, {@code with}, {@code let}, {@code rec}. */
  private void head() {
    Place start = in.place();
    boolean more = true;
    while (more) {
      if (in.isFunctionHead()) {
        in.skipBalancedTo(':');
        in.next();
      } else if (in.skipWord("let")) {
        note(start, "Names that “let” gives are not known here.");
        in.skipSpace();
        while (!in.isAtEnd() && !in.skipWord("in")) {
          in.skipBalancedTo(';');
          in.next();
          in.skipSpace();
        }
      } else if (in.skipWord("with")) {
        in.skipBalancedTo(';');
        in.next();
      } else {
        more = in.skipWord("rec");
      }
      in.skipSpace();
      start = in.place();
    }
  }

  /** Bindings up to a closing brace or the end; the brace is left for the caller. */
  private void bindings(List<String> outer, int depth) {
    String runComment = "";
    in.skipSpace();
    while (!in.isAtEnd() && in.peek() != '}') {
      String comment = in.takeComment();
      boolean apart = in.takeBlankLine();
      if (!comment.isEmpty()) {
        runComment = comment;
      } else if (apart) {
        runComment = "";
      }
      binding(outer, depth, runComment);
      in.takeBlankLine();
      in.skipSpace();
    }
  }

  private void binding(List<String> outer, int depth, String told) {
    Place start = in.place();
    int before = bindings.size();
    int readBefore = readings.size();
    try {
      List<String> path = new ArrayList<>(outer);
      path.addAll(path());
      in.skipSpace();
      if (in.peek() != '=') {
        throw new NotLiteral("Only “name = value;” is read.");
      }
      in.next();
      in.skipSpace();
      int closing = depth < MOST_DEPTH ? setHead() : NO_SET;
      if (closing == NO_SET) {
        SettingValue value = expression(depth);
        in.skipSpace();
        in.expect(';', MORE);
        bindings.add(new Binding(List.copyOf(path), value, start.line(), told));
      } else {
        in.next();
        bindings(path, depth + 1);
        in.expect('}', "The set does not end.");
        for (int i = 0; i < closing; i++) {
          in.skipSpace();
          in.expect(')', MORE);
        }
        in.skipSpace();
        in.expect(';', MORE);
      }
    } catch (NotLiteral e) {
      note(start, e.why());
      bindings.subList(before, bindings.size()).clear();
      readings.subList(readBefore, readings.size()).clear();
      in.backTo(start);
      in.skipBalancedTo(';');
      if (in.peek() == ';') {
        in.next();
      }
    }
  }

  /**
   * Moves to the opening brace of a set that stands here, perhaps with a priority and in
   * parentheses.
   *
   * @return how many parentheses are open then, or {@link #NO_SET} without having moved
   */
  private int setHead() throws NotLiteral {
    Place start = in.place();
    int readBefore = readings.size();
    int open = 0;
    while (in.peek() != '{') {
      int wordLine = in.line();
      if (in.peek() == '(' && open < MOST_DEPTH) {
        in.next();
        open++;
      } else {
        in.skipQualifier();
        if (in.skipWord("mkOverride")) {
          in.skipSpace();
          in.number();
          prioritised(wordLine, "mkOverride");
        } else if (in.skipWord("mkForce")) {
          prioritised(wordLine, "mkForce");
        } else if (in.skipWord("mkDefault")) {
          prioritised(wordLine, "mkDefault");
        } else if (!in.skipWord("rec")) {
          readings.subList(readBefore, readings.size()).clear();
          in.backTo(start);
          return NO_SET;
        }
      }
      in.skipSpace();
    }
    return open;
  }

  private List<String> path() throws NotLiteral {
    List<String> path = new ArrayList<>();
    do {
      if (!path.isEmpty()) {
        in.next();
        in.skipSpace();
      }
      path.add(in.peek() == '"' ? in.string() : in.name());
      in.skipSpace();
    } while (in.peek() == '.');
    return path;
  }

  private @Nullable SettingValue expression(int depth) throws NotLiteral {
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
      in.expect(')', MORE);
      return inner;
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return in.number();
    }
    return word(depth);
  }

  private @Nullable SettingValue word(int depth) throws NotLiteral {
    int wordLine = in.line();
    String word = in.name();
    while (in.peek() == '.') {
      in.next();
      word = in.name();
    }
    return switch (word) {
      case "true", "false" -> new SettingValue.Bool(word.equals("true"));
      case "null" -> null;
      case "mkDefault", "mkForce" -> {
        prioritised(wordLine, word);
        yield expression(depth + 1);
      }
      case "mkOverride" -> {
        in.skipSpace();
        in.number();
        prioritised(wordLine, word);
        yield expression(depth + 1);
      }
      default ->
          throw new NotLiteral(
              "“" + shortened(word) + "” is no literal; nothing is evaluated here.");
    };
  }

  private void prioritised(int wordLine, String word) {
    if (readings.size() < MOST_NOTES) {
      readings.add(
          new Note(wordLine, word, "Read without it: strength is the version’s “mandatory”."));
    }
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
      in.expect('=', "Only port ranges { from = …; to = …; } are read within lists.");
      in.skipSpace();
      long number = in.number().value();
      in.skipSpace();
      in.expect(';', "Only port ranges { from = …; to = …; } are read within lists.");
      in.skipSpace();
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw new NotLiteral("This is no port.");
      }
      if (name.equals("from")) {
        from = (int) number;
      } else if (name.equals("to")) {
        to = (int) number;
      } else {
        throw new NotLiteral("Only port ranges { from = …; to = …; } are read within lists.");
      }
    }
    in.next();
    if (from == null || to == null) {
      throw new NotLiteral("A port range has from and to.");
    }
    return new SettingValue.PortRange(from, to);
  }

  private void note(Place place, String why) {
    if (notUnderstood.size() < MOST_NOTES) {
      notUnderstood.add(new Note(place.line(), shortened(in.lineFrom(place, SHOWN)), why));
    }
  }

  private static String shortened(String shown) {
    String plain = shown.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
  }
}
