package dev.palisade.profile.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palisade.core.DomainException.Fault;
import java.util.List;
import java.util.regex.Pattern;

/** What people type into the plain fields of a form, as the members of a request. */
final class TypedValues {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private TypedValues() {}

  /** A whole number, or null where nothing or something else was typed, which is then a fault. */
  static Long number(String member, String typed, List<Fault> faults) {
    String text = typed == null ? "" : typed.strip();
    if (NUMBER.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (!text.isEmpty()) {
      faults.add(new Fault("/" + member, "This is not a whole number."));
    }
    return null;
  }

  /** A number where it looks like one, else a text; null where nothing was typed. */
  static JsonNode scalar(String typed) {
    String text = typed == null ? "" : typed.strip();
    if (text.isEmpty()) {
      return null;
    }
    return NUMBER.matcher(text).matches()
        ? LongNode.valueOf(Long.parseLong(text))
        : TextNode.valueOf(text);
  }

  /** One value to a line; null where nothing was typed. */
  static List<JsonNode> lines(String typed) {
    List<JsonNode> values =
        typed == null
            ? List.of()
            : typed
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .map(TypedValues::scalar)
                .toList();
    return values.isEmpty() ? null : values;
  }
}
