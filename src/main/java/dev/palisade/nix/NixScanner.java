package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;

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

  /** Moves past the names and dots before the last name of a path that stands here. */
  void skipQualifier() {
    int last = at;
    for (int end = at;
        end < text.length() && (isNameCharacter(text.charAt(end)) || text.charAt(end) == '.');
        end++) {
      last = text.charAt(end) == '.' ? end + 1 : last;
    }
    at = last;
  }

  /** {@code { config, ... }:} or {@code args:} before the body. */
  boolean isFunctionHead() {
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

  private static boolean isNameCharacter(char c) {
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

  String string() throws NotLiteral {
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
  String indentedString() throws NotLiteral {
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
}
