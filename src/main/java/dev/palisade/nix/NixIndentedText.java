package dev.palisade.nix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text between two pairs of apostrophes by Nix's own rule: the common indentation of its
 * lines is taken away, counted in spaces only, and an empty first or last line is left out.
 */
final class NixIndentedText {

  /** A part of the text; an escape ends the indentation of its line. */
  private record Part(String text, boolean escaped) {}

  /**
   * What was read.
   *
   * @param value the text, or null where it has an interpolation or does not end
   * @param end the place after the closing apostrophes
   */
  record Read(@Nullable String value, int end) {}

  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  private NixIndentedText(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** Reads the text that begins with the two apostrophes at this place. */
  static Read read(String text, int start) {
    int body = start + 2;
    int first = body;
    while (first < text.length() && text.charAt(first) == ' ') {
      first++;
    }
    NixIndentedText reading =
        new NixIndentedText(
            text, first < text.length() && text.charAt(first) == '\n' ? first + 1 : body);
    boolean ended = reading.parts();
    return new Read(ended ? reading.stripped() : null, reading.at);
  }

  /** Whether the text ends and has no interpolation. */
  private boolean parts() {
    StringBuilder plain = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
      if (c == '$' && next == '{') {
        return false;
      }
      if (c == '\'' && next == '\'') {
        char third = at + 2 < text.length() ? text.charAt(at + 2) : '\0';
        boolean character = third == '\\' && at + 3 < text.length();
        if (third != '$' && third != '\'' && !character) {
          at += 2;
          flush(plain);
          return true;
        }
        flush(plain);
        parts.add(
            new Part(
                third == '$'
                    ? "$"
                    : third == '\''
                        ? "''"
                        : String.valueOf(NixScanner.unescaped(text.charAt(at + 3))),
                true));
        at += character ? 4 : 3;
      } else if ((c == '$' && next == '\'') || (c == '\'' && next == '$')) {
        flush(plain);
        parts.add(new Part(String.valueOf(c), true));
        at++;
      } else {
        int length = (c == '$' || c == '\'') && next != '\0' ? 2 : 1;
        plain.append(text, at, at + length);
        at += length;
      }
    }
    return false;
  }

  private void flush(StringBuilder plain) {
    if (!plain.isEmpty()) {
      parts.add(new Part(plain.toString(), false));
      plain.setLength(0);
    }
  }

  /** The least number of spaces before the first other character of any line. */
  private int indentation() {
    boolean atStart = true;
    int least = Integer.MAX_VALUE;
    int current = 0;
    for (Part part : parts) {
      if (part.escaped()) {
        least = atStart ? Math.min(least, current) : least;
        atStart = false;
        continue;
      }
      for (char c : part.text().toCharArray()) {
        if (c == '\n') {
          atStart = true;
          current = 0;
        } else if (atStart && c == ' ') {
          current++;
        } else if (atStart) {
          atStart = false;
          least = Math.min(least, current);
        }
      }
    }
    return least;
  }

  private String stripped() {
    int indentation = indentation();
    StringBuilder out = new StringBuilder();
    boolean atStart = true;
    int dropped = 0;
    for (Part part : parts) {
      for (char c : part.text().toCharArray()) {
        if (c == '\n') {
          atStart = true;
          dropped = 0;
          out.append(c);
        } else if (!atStart || c != ' ' || dropped++ >= indentation) {
          atStart &= c == ' ';
          out.append(c);
        }
      }
    }
    int last = out.lastIndexOf("\n");
    boolean lastIsPlain = !parts.isEmpty() && !parts.get(parts.size() - 1).escaped();
    if (lastIsPlain && last >= 0 && out.substring(last + 1).isBlank()) {
      out.setLength(last + 1);
    }
    return out.toString();
  }
}
