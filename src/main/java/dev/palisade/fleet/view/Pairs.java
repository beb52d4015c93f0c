package dev.palisade.fleet.view;

import dev.palisade.core.DomainException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and values as people type them: {@code env=home role=server}. */
final class Pairs {

  private Pairs() {}

  /**
   * Reads pairs with white space or commas between them.
   *
   * @param pointer where the text stands in the input
   * @param hint what is said where it cannot be read
   */
  static Map<String, String> read(String pointer, String text, String hint) {
    Map<String, String> parsed = new LinkedHashMap<>();
    if (text == null || text.isBlank()) {
      return parsed;
    }
    for (String pair : text.strip().split("[\\s,]+", -1)) {
      int sign = pair.indexOf('=');
      if (sign < 1) {
        throw DomainException.notValid(pointer, hint);
      }
      parsed.put(pair.substring(0, sign), pair.substring(sign + 1));
    }
    return parsed;
  }

  /** The text that {@link #read} reads as these pairs. */
  static String write(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("\n"));
  }
}
