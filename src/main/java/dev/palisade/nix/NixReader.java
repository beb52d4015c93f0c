package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
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

  /** Thrown within this class where an expression is no literal. */
  private static final class NotLiteral extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    NotLiteral(String why) {
      super(why, null, false, false);
      this.why = why;
    }
  }

  private final String text;
  private final List<Binding> bindings = new ArrayList<>();
  private final List<Note> notUnderstood = new ArrayList<>();
  private final List<Note> readings = new ArrayList<>();
  private int at;
  private int line = 1;
  private String comment = "";
  private boolean blankLine;

  private NixReader(String text) {
    this.text = text;
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
    skipSpace();
    while (isFunctionHead()) {
      skipBalancedTo(':');
      at++;
      skipSpace();
    }
    if (peek() == '{') {
      at++;
      bindings(List.of(), 0);
      if (peek() == '}') {
        at++;
      }
      skipSpace();
      if (at < text.length()) {
        note(at, "Only the first set is read.");
      }
      return;
    }
    while (at < text.length()) {
      bindings(List.of(), 0);
      if (at < text.length()) {
        note(at, "A closing brace without an opening one.");
        at++;
      }
    }
  }

  /** {@code { config, ... }:} or {@code args:} before the body. */
  private boolean isFunctionHead() {
    int end = at;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '@') {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '{') {
      int depth = 0;
      do {
        depth += text.charAt(end) == '{' ? 1 : text.charAt(end) == '}' ? -1 : 0;
        end++;
      } while (end < text.length() && depth > 0);
    } else if (end == at) {
      return false;
    }
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end < text.length() && text.charAt(end) == ':';
  }

  /** Bindings up to a closing brace or the end; the brace is left for the caller. */
  private void bindings(List<String> outer, int depth) {
    String runComment = "";
    skipSpace();
    while (at < text.length() && peek() != '}') {
      if (!comment.isEmpty()) {
        runComment = comment;
      } else if (blankLine) {
        runComment = "";
      }
      comment = "";
      binding(outer, depth, runComment);
      blankLine = false;
      skipSpace();
    }
  }

  private void binding(List<String> outer, int depth, String told) {
    int start = at;
    int startLine = line;
    int before = bindings.size();
    try {
      List<String> path = new ArrayList<>(outer);
      path.addAll(path());
      skipSpace();
      if (peek() != '=') {
        throw new NotLiteral("Only “name = value;” is read.");
      }
      at++;
      skipSpace();
      if (peek() == '{' && depth < MOST_DEPTH) {
        at++;
        bindings(path, depth + 1);
        expect('}', "The set does not end.");
        skipSpace();
        expect(';', MORE);
      } else {
        SettingValue value = expression(depth);
        skipSpace();
        expect(';', MORE);
        bindings.add(new Binding(List.copyOf(path), value, startLine, told));
      }
    } catch (NotLiteral e) {
      note(start, startLine, e.why);
      bindings.subList(before, bindings.size()).clear();
      at = start;
      line = startLine;
      skipBalancedTo(';');
      if (peek() == ';') {
        at++;
      }
    }
  }

  private List<String> path() throws NotLiteral {
    List<String> path = new ArrayList<>();
    do {
      if (!path.isEmpty()) {
        at++;
        skipSpace();
      }
      path.add(peek() == '"' ? string() : name());
      skipSpace();
    } while (peek() == '.');
    return path;
  }

  private String name() throws NotLiteral {
    int start = at;
    while (at < text.length() && isNameCharacter(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw new NotLiteral("A name is expected here.");
    }
    return text.substring(start, at);
  }

  private static boolean isNameCharacter(char c) {
    return c == '_' || c == '-' || c == '\'' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private @Nullable SettingValue expression(int depth) throws NotLiteral {
    if (depth > MOST_DEPTH) {
      throw new NotLiteral("It is nested too deeply.");
    }
    skipSpace();
    char c = peek();
    if (c == '"') {
      return new SettingValue.Text(string());
    }
    if (c == '\'' && text.startsWith("''", at)) {
      return new SettingValue.Text(indentedString());
    }
    if (c == '[') {
      return list(depth);
    }
    if (c == '(') {
      at++;
      SettingValue inner = expression(depth + 1);
      skipSpace();
      expect(')', MORE);
      return inner;
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return number();
    }
    return word(depth);
  }

  private @Nullable SettingValue word(int depth) throws NotLiteral {
    int wordLine = line;
    String word = name();
    while (peek() == '.') {
      at++;
      word = name();
    }
    return switch (word) {
      case "true", "false" -> new SettingValue.Bool(word.equals("true"));
      case "null" -> null;
      case "mkDefault", "mkForce" -> prioritised(wordLine, word, depth);
      case "mkOverride" -> {
        skipSpace();
        number();
        yield prioritised(wordLine, word, depth);
      }
      default ->
          throw new NotLiteral(
              "“" + shortened(word) + "” is no literal; nothing is evaluated here.");
    };
  }

  private @Nullable SettingValue prioritised(int wordLine, String word, int depth)
      throws NotLiteral {
    if (readings.size() < MOST_NOTES) {
      readings.add(
          new Note(wordLine, word, "Read without it: strength is the version’s “mandatory”."));
    }
    return expression(depth + 1);
  }

  private SettingValue list(int depth) throws NotLiteral {
    at++;
    List<SettingValue> items = new ArrayList<>();
    skipSpace();
    while (peek() != ']') {
      if (at >= text.length()) {
        throw new NotLiteral("The list does not end.");
      }
      SettingValue item = peek() == '{' ? range() : expression(depth + 1);
      if (item == null || item instanceof SettingValue.Items) {
        throw new NotLiteral("A list holds plain values only.");
      }
      items.add(item);
      skipSpace();
    }
    at++;
    return new SettingValue.Items(items);
  }

  /** {@code { from = 8000; to = 8010; }} within a list. */
  private SettingValue range() throws NotLiteral {
    at++;
    Integer from = null;
    Integer to = null;
    skipSpace();
    while (peek() != '}') {
      String name = name();
      skipSpace();
      expect('=', "Only port ranges { from = …; to = …; } are read within lists.");
      skipSpace();
      long number = number().value();
      skipSpace();
      expect(';', "Only port ranges { from = …; to = …; } are read within lists.");
      skipSpace();
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
    at++;
    if (from == null || to == null) {
      throw new NotLiteral("A port range has from and to.");
    }
    return new SettingValue.PortRange(from, to);
  }

  private SettingValue.Int number() throws NotLiteral {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (at < text.length() && Character.isDigit(text.charAt(at)) && text.charAt(at) < 128) {
      at++;
    }
    if (peek() == '.' || at == start) {
      throw new NotLiteral("Only whole numbers are read.");
    }
    try {
      return new SettingValue.Int(Long.parseLong(text.substring(start, at)));
    } catch (NumberFormatException e) {
      throw new NotLiteral("This number is too large.");
    }
  }

  private String string() throws NotLiteral {
    at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && peek() != '"') {
      char c = peek();
      if (c == '$' && text.startsWith("${", at)) {
        throw new NotLiteral("The text has an interpolation; nothing is evaluated here.");
      }
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        c = unescaped(peek());
      } else if (c == '$' && text.startsWith("$$", at)) {
        out.append('$');
        at++;
      }
      line += c == '\n' && peek() == '\n' ? 1 : 0;
      out.append(c);
      at++;
    }
    if (at >= text.length()) {
      throw new NotLiteral("The text does not end.");
    }
    at++;
    return out.toString();
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  /** The lines without their common indentation; escapes beyond {@code '''} are not read. */
  private String indentedString() throws NotLiteral {
    int end = text.indexOf("''", at + 2);
    if (end < 0) {
      throw new NotLiteral("The text does not end.");
    }
    String body = text.substring(at + 2, end);
    if (body.contains("${")
        || text.startsWith("'''", end)
        || text.startsWith("''$", end)
        || text.startsWith("''\\", end)) {
      throw new NotLiteral(
          "The text has an interpolation or an escape; nothing is evaluated here.");
    }
    line += (int) body.chars().filter(c -> c == '\n').count();
    at = end + 2;
    return (body.startsWith("\n") ? body.substring(1) : body).stripIndent();
  }

  private void expect(char wanted, String otherwise) throws NotLiteral {
    if (peek() != wanted) {
      throw new NotLiteral(otherwise);
    }
    at++;
  }

  /** The character here, or NUL at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  /** Skips white space and comments; the last block of comment lines is kept. */
  private void skipSpace() {
    int breaks = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        if (breaks > 0 || at == 0 || line == 1) {
          comment = (breaks > 1 ? "" : comment) + text.substring(at + 1, end).strip() + "\n";
        }
        at = end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        end = end < 0 ? text.length() : end + 2;
        line += (int) text.substring(at, end).chars().filter(x -> x == '\n').count();
        at = end;
      } else if (Character.isWhitespace(c)) {
        if (c == '\n') {
          line++;
          breaks++;
          blankLine |= breaks > 1;
        }
        at++;
      } else {
        return;
      }
    }
  }

  /** Skips to this character outside of brackets, texts and comments, or to where the set ends. */
  private void skipBalancedTo(char wanted) {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && (c == wanted || (c == '}' && wanted == ';'))) {
        return;
      }
      if (c == '#' || text.startsWith("/*", at)) {
        skipSpace();
        continue;
      }
      if (c == '"') {
        skipString();
        continue;
      }
      if (text.startsWith("''", at)) {
        int end = text.indexOf("''", at + 2);
        end = end < 0 ? text.length() : end + 2;
        line += (int) text.substring(at, end).chars().filter(x -> x == '\n').count();
        at = end;
        continue;
      }
      depth += c == '{' || c == '[' || c == '(' ? 1 : c == '}' || c == ']' || c == ')' ? -1 : 0;
      depth = Math.max(depth, 0);
      line += c == '\n' ? 1 : 0;
      at++;
    }
  }

  private void skipString() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      line += text.charAt(at) == '\n' ? 1 : 0;
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, text.length());
  }

  private void note(int start, String why) {
    note(start, line, why);
  }

  private void note(int start, int noteLine, String why) {
    if (notUnderstood.size() < MOST_NOTES) {
      int end = start;
      while (end < text.length() && text.charAt(end) != '\n' && end - start <= SHOWN) {
        end++;
      }
      notUnderstood.add(new Note(noteLine, shortened(text.substring(start, end)), why));
    }
  }

  private static String shortened(String shown) {
    String plain = shown.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
  }
}
