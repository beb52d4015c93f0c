package dev.palisade.nix;

import dev.palisade.core.DomainException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as the Nix language wants it, so that any accepted string comes out of the evaluator as it
 * went in. Checked against Nix 2.8 by a round trip.
 */
public final class NixText {

  /** The order of attribute names and of files in archives: by unsigned UTF-8 bytes. */
  public static final Comparator<String> ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_'-]*");
  private static final Set<String> KEYWORDS =
      Set.of("assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with");

  /** A name in quotes without an escape, or one without quotes and dots; then a dot or the end. */
  private static final Pattern PATH_NAME =
      Pattern.compile("(?:\"([^\"\\\\]*)\"|([^\".]*))(?=\\.|\\z)");

  private NixText() {}

  /**
   * A string literal.
   *
   * @throws DomainException for control characters other than TAB, LF and CR, and for half a
   *     surrogate pair: Nix has no way to write them
   */
  public static String string(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '$' -> out.append("\\$");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (c < 0x20 || c == 0x7f || (c >= 0xd800 && c <= 0xdfff)) {
                    throw DomainException.notValid(
                        "/value", "The character U+%04X cannot be written in Nix.".formatted(c));
                  }
                  out.appendCodePoint(c);
                }
              }
            });
    return out.append('"').toString();
  }

  /** An attribute's name: plain where Nix allows it, else quoted like a string. */
  public static String attributeName(String name) {
    return PLAIN_NAME.matcher(name).matches() && !KEYWORDS.contains(name) ? name : string(name);
  }

  /**
   * The names in an attribute path, whose names with dots stand in quotes.
   *
   * @return the whole path as one name where its quotes are not closed
   */
  public static List<String> path(String dotted) {
    List<String> names = new ArrayList<>();
    Matcher name = PATH_NAME.matcher(dotted);
    int end = 0;
    while (end <= dotted.length() && name.region(end, dotted.length()).lookingAt()) {
      names.add(name.group(1) == null ? name.group(2) : name.group(1));
      end = name.end() + 1;
    }
    return end > dotted.length() ? names : List.of(dotted);
  }

  /**
   * One comment line without its {@code #}. Control characters would end the comment early, and
   * marks that turn the direction of writing could make code look like a part of it.
   */
  public static String comment(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .filter(c -> c < 0xd800 || c > 0xdfff)
        .forEach(out::appendCodePoint);
    return out.toString().strip();
  }
}
