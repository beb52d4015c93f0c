package dev.palisade.audit.verdict;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's command line, split as the kernel splits it. Source: {@code next_arg} in
 * lib/cmdline.c and {@code parse_args} in kernel/params.c, Linux 6.12.
 *
 * @param words in the order in which they stand; those behind {@code --} belong to init and are
 *     left out
 */
public record CommandLine(List<Word> words) {

  private static final String END = "--";

  /**
   * One word.
   *
   * @param name what stands before the first equals sign
   * @param value what stands behind it; null where there is none
   */
  public record Word(String name, @Nullable String value) {

    /** Whether it is a word for this parameter: {@code -} and {@code _} are one letter. */
    public boolean isFor(String parameter) {
      return name.replace('-', '_').equals(parameter.replace('-', '_'));
    }

    /** As it stands on the line, without quotes. */
    public String text() {
      return value == null ? name : name + "=" + value;
    }
  }

  public CommandLine {
    words = List.copyOf(words);
  }

  /** Splits a line. */
  public static CommandLine parse(String line) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < line.length() && isSpace(line.charAt(at))) {
        at++;
      }
      if (at == line.length()) {
        return new CommandLine(words);
      }
      int end = end(line, at);
      Word word = word(line.substring(at, end));
      if (word.value() == null && word.name().equals(END)) {
        return new CommandLine(words);
      }
      words.add(word);
      at = end;
    }
  }

  /** Where a word ends: at white space that stands outside of quotes. */
  private static int end(String line, int start) {
    boolean quoted = false;
    int at = start;
    while (at < line.length() && (quoted || !isSpace(line.charAt(at)))) {
      if (line.charAt(at) == '"') {
        quoted = !quoted;
      }
      at++;
    }
    return at;
  }

  /** Quotes are taken away only where they surround the whole word or the whole value. */
  private static Word word(String text) {
    boolean whole = text.startsWith("\"");
    String rest = whole ? text.substring(1) : text;
    int equals = rest.indexOf('=', 1);
    String name = equals < 0 ? rest : rest.substring(0, equals);
    String value = equals < 0 ? null : rest.substring(equals + 1);
    boolean quotedValue = value != null && value.startsWith("\"");
    if (value == null) {
      return new Word(whole ? withoutEnd(name) : name, null);
    }
    String inner = quotedValue ? value.substring(1) : value;
    return new Word(name, whole || quotedValue ? withoutEnd(inner) : inner);
  }

  private static String withoutEnd(String text) {
    return text.endsWith("\"") ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u00a0';
  }

  /** The words for a parameter, in their order. */
  public List<Word> of(String parameter) {
    return words.stream().filter(word -> word.isFor(parameter)).toList();
  }

  /** The last word for a parameter; null where there is none. */
  public @Nullable Word last(String parameter) {
    List<Word> found = of(parameter);
    return found.isEmpty() ? null : found.get(found.size() - 1);
  }
}
