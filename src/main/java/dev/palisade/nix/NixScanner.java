package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import java.util.Set;

/**
 * Walks through a Nix expression: names, numbers, texts, and what stands between them. Says nothing
 * about what they mean together.
 */
final class NixScanner {

  /** Thrown where an expression is no literal. */
  static final class NotLiteral extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    NotLiteral(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    /** A sentence for the person whose text it is. */
    String why() {
      return why;
    }
  }

  static final String INTERPOLATION = "The text has an interpolation; nothing is evaluated here.";

  private final String text;
  private int at;
  private int line = 1;
  private String comment = "";
  private boolean blankLine;

  NixScanner(String text) {
    this.text = text;
  }

  /** A place in the text, to come back to. */
  record Place(int at, int line) {}

  Place place() {
    return new Place(at, line);
  }

  void backTo(Place place) {
    this.at = place.at();
    this.line = place.line();
  }

  int line() {
    return line;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** Moves past the character here. */
  void next() {
    at++;
  }

  boolean isAt(String what) {
    return text.startsWith(what, at);
  }

  /** The rest of the line from a place, at most this long and one more. */
  String lineFrom(Place place, int most) {
    int end = place.at();
    while (end < text.length() && text.charAt(end) != '\n' && end - place.at() <= most) {
      end++;
    }
    return text.substring(place.at(), end);
  }

  /** The text from a place to here. */
  String textFrom(Place place) {
    return text.substring(place.at(), Math.min(at, text.length()));
  }

  /** The comment lines right before here, once; empty where there are none. */
  String takeComment() {
    String taken = comment;
    comment = "";
    return taken;
  }

  /** Whether a blank line was passed since this was last asked. */
  boolean takeBlankLine() {
    boolean taken = blankLine;
    blankLine = false;
    return taken;
  }

  /** Moves past a word where it stands here as a whole. */
  boolean skipWord(String word) {
    boolean here =
        text.startsWith(word, at)
            && (at + word.length() == text.length()
                || !isNameCharacter(text.charAt(at + word.length())));
    at += here ? word.length() : 0;
    return here;
  }

  /**
   * Moves past a word and the names before it, as in {@code lib.mkForce}, where one of these words
   * stands here.
   *
   * @return the word, or empty without having moved
   */
  String takeCall(Set<String> words) {
    int last = at;
    int end = at;
    while (end < text.length() && (isNameCharacter(text.charAt(end)) || text.charAt(end) == '.')) {
      last = text.charAt(end) == '.' ? end + 1 : last;
      end++;
    }
    String word = text.substring(last, end);
    if (!words.contains(word)) {
      return "";
    }
    at = end;
    return word;
  }

  /** {@code { config, ... }:}, {@code args@{ … }:}, {@code { … }@args:} or {@code args:}. */
  boolean isFunctionHead() {
    return NixHead.end(text, at) > at;
  }

  /** Moves past the head of a function that stands here. */
  void skipFunctionHead() {
    moveTo(NixHead.end(text, at));
  }

  /**
   * Moves past one argument of a function: a bracketed group, a text, or a path of names with a
   * default.
   *
   * @return the argument as it stands
   */
  String argument() {
    int start = at;
    moveTo(NixHead.argumentEnd(text, at));
    return text.substring(start, at);
  }

  /**
   * Moves past a function and its arguments, or whatever else stands up to the next operator or
   * closing sign.
   *
   * @return the text as it stands, shortened; empty where something else follows
   */
  String application() {
    int start = at;
    skipSpace();
    while (!isAtEnd() && ";)]},".indexOf(peek()) < 0 && !isAt("++") && !isAt("//")) {
      if (argument().isEmpty()) {
        return "";
      }
      skipSpace();
    }
    return NixReader.shortened(
        text.substring(start, Math.min(at, start + 200)).replaceAll("\\s+", " "));
  }

  /**
   * Moves past the group that begins here: a bracket, a text, {@code let … in}, {@code with …;}.
   */
  void skipGroup() {
    moveTo(NixSkip.past(text, at));
  }

  /** Whether a word stands here as a whole. */
  boolean isWord(String word) {
    return text.startsWith(word, at) && NixHead.pastName(text, at) == at + word.length();
  }

  private void moveTo(int end) {
    for (; at < end; at++) {
      line += text.charAt(at) == '\n' ? 1 : 0;
    }
  }

  String name() throws NotLiteral {
    int start = at;
    while (at < text.length() && isNameCharacter(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw new NotLiteral("A name is expected here.");
    }
    return text.substring(start, at);
  }

  static boolean isNameCharacter(char c) {
    return c == '_' || c == '-' || c == '\'' || (c < 128 && Character.isLetterOrDigit(c));
  }

  SettingValue.Int number() throws NotLiteral {
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

  /** Reads what stands in an interpolation, up to its closing brace, which is left. */
  interface Interpolation {
    String read() throws NotLiteral;
  }

  /** A text in which nothing is interpolated. */
  String string() throws NotLiteral {
    return string(
        () -> {
          throw new NotLiteral(INTERPOLATION);
        });
  }

  String string(Interpolation interpolation) throws NotLiteral {
    at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && peek() != '"') {
      char c = peek();
      if (c == '$' && text.startsWith("${", at)) {
        at += 2;
        out.append(interpolation.read());
        expect('}', INTERPOLATION);
        continue;
      }
      if (c == '\r') {
        at += text.startsWith("\r\n", at) ? 1 : 0;
        line += peek() == '\n' ? 1 : 0;
        c = '\n';
        out.append(c);
        at++;
        continue;
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

  static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  /** A text between pairs of apostrophes, see {@link NixIndentedText}. */
  String indentedString() throws NotLiteral {
    NixIndentedText.Read read = NixIndentedText.read(text, at);
    String value = read.value();
    if (value == null) {
      throw new NotLiteral(read.end() >= text.length() ? "The text does not end." : INTERPOLATION);
    }
    moveTo(read.end());
    return value;
  }

  void expect(char wanted, String otherwise) throws NotLiteral {
    if (peek() != wanted) {
      throw new NotLiteral(otherwise);
    }
    at++;
  }

  /** The character here, or NUL at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  /** Skips white space and comments; the last block of comment lines is kept. */
  void skipSpace() {
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
  void skipBalancedTo(char wanted) {
    moveTo(NixSkip.to(text, at, wanted));
  }
}
