package dev.palisade.nix;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds where an expression ends without reading it: brackets, texts with interpolations, comments,
 * {@code let … in}, {@code with …;} and {@code assert …;} are passed as wholes.
 */
final class NixSkip {

  private static final char TEXT = '"';
  private static final char INDENTED = '\'';
  private static final char LET = 'l';
  private static final char WITH = 'w';

  private final String text;
  private final Deque<Character> open = new ArrayDeque<>();
  private int at;

  private NixSkip(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /**
   * The place of the first such character outside of everything that was opened from here on, of a
   * closing brace that was not, or the end of the text.
   */
  static int to(String text, int from, char wanted) {
    NixSkip skip = new NixSkip(text, from);
    while (skip.at < text.length() && !skip.isThere(wanted)) {
      skip.step();
    }
    return Math.min(skip.at, text.length());
  }

  /** The place after the bracketed group or the text that begins here. */
  static int past(String text, int from) {
    NixSkip skip = new NixSkip(text, from);
    do {
      skip.step();
    } while (skip.at < text.length() && !skip.open.isEmpty());
    return Math.min(skip.at, text.length());
  }

  private boolean isThere(char wanted) {
    char c = text.charAt(at);
    return open.isEmpty() && (c == wanted || c == '}');
  }

  private void step() {
    char mode = open.isEmpty() ? '{' : open.peek();
    if (mode == TEXT) {
      inText();
    } else if (mode == INDENTED) {
      inIndented();
    } else {
      inCode();
    }
  }

  private void inText() {
    char c = text.charAt(at);
    if (text.startsWith("${", at)) {
      open.push('{');
      at += 2;
    } else if (c == '\\' || text.startsWith("$$", at)) {
      at += 2;
    } else {
      if (c == TEXT) {
        open.pop();
      }
      at++;
    }
  }

  private void inIndented() {
    if (text.startsWith("${", at)) {
      open.push('{');
      at += 2;
    } else if (text.startsWith("'''", at) || text.startsWith("''$", at)) {
      at += 3;
    } else if (text.startsWith("''\\", at)) {
      at += 4;
    } else if (text.startsWith("''", at)) {
      open.pop();
      at += 2;
    } else {
      at += text.startsWith("$$", at) ? 2 : 1;
    }
  }

  private void inCode() {
    char c = text.charAt(at);
    if (c == '#') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      at = end < 0 ? text.length() : end + 2;
    } else if (c == '"') {
      open.push(TEXT);
      at++;
    } else if (text.startsWith("''", at)) {
      open.push(INDENTED);
      at += 2;
    } else if (c == '{' || c == '[' || c == '(') {
      open.push(c);
      at++;
    } else if (c == '}' || c == ']' || c == ')') {
      close();
      at++;
    } else if (c == ';') {
      if (!open.isEmpty() && open.peek() == WITH) {
        open.pop();
      }
      at++;
    } else if (NixScanner.isNameCharacter(c)) {
      word();
    } else {
      at++;
    }
  }

  /** Closes the innermost bracket, and a {@code let} or {@code with} that was left open in it. */
  private void close() {
    while (!open.isEmpty() && (open.peek() == LET || open.peek() == WITH)) {
      open.pop();
    }
    if (!open.isEmpty()) {
      open.pop();
    }
  }

  private void word() {
    int start = at;
    while (at < text.length() && NixScanner.isNameCharacter(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    boolean attribute = start > 0 && text.charAt(start - 1) == '.';
    if (word.equals("let") && !attribute) {
      open.push(LET);
    } else if ((word.equals("with") || word.equals("assert")) && !attribute) {
      open.push(WITH);
    } else if (word.equals("in") && !open.isEmpty() && open.peek() == LET) {
      open.pop();
    }
  }
}
