package dev.palisade.nix;

/** Finds where the head of a function ends, and where names and white space do. */
final class NixHead {

  private NixHead() {}

  /** The place after the colon of a function's head, or here where none stands. */
  static int end(String text, int at) {
    int end = pastSpace(text, pastName(text, at));
    if (end > at && end < text.length() && text.charAt(end) == '@') {
      end = pastSpace(text, end + 1);
    }
    if (end < text.length() && text.charAt(end) == '{') {
      if (!isPattern(text, end)) {
        return at;
      }
      end = pastSpace(text, NixSkip.past(text, end));
      if (end < text.length() && text.charAt(end) == '@') {
        end = pastSpace(text, pastName(text, pastSpace(text, end + 1)));
      }
    }
    return end > at && end < text.length() && text.charAt(end) == ':' ? end + 1 : at;
  }

  /** Whether the brace here can begin a function's arguments; decides by its first name alone. */
  private static boolean isPattern(String text, int brace) {
    int name = pastSpace(text, brace + 1);
    int after = pastSpace(text, pastName(text, name));
    return after < text.length()
        && (text.startsWith("...", name) || "},?".indexOf(text.charAt(after)) >= 0);
  }

  static int pastName(String text, int from) {
    int end = from;
    while (end < text.length() && NixScanner.isNameCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The place after white space and comments. */
  static int pastSpace(String text, int from) {
    int end = from;
    while (end < text.length()) {
      if (Character.isWhitespace(text.charAt(end))) {
        end++;
      } else if (text.charAt(end) == '#') {
        end = text.indexOf('\n', end) < 0 ? text.length() : text.indexOf('\n', end);
      } else if (text.startsWith("/*", end)) {
        end = text.indexOf("*/", end + 2) < 0 ? text.length() : text.indexOf("*/", end + 2) + 2;
      } else {
        return end;
      }
    }
    return end;
  }

  /** The place after one argument of a function, or here where none stands. */
  static int argumentEnd(String text, int at) {
    if (at >= text.length()) {
      return at;
    }
    if ("{[(\"".indexOf(text.charAt(at)) >= 0 || text.startsWith("''", at)) {
      return NixSkip.past(text, at);
    }
    int end = at;
    while (end < text.length()
        && (NixScanner.isNameCharacter(text.charAt(end))
            || "./<>\"${}".indexOf(text.charAt(end)) >= 0)) {
      end = text.charAt(end) == '"' ? NixSkip.past(text, end) : end + 1;
    }
    int name = pastSpace(text, end);
    return end > at && text.startsWith("or ", name)
        ? pastName(text, pastSpace(text, name + 3))
        : end;
  }
}
