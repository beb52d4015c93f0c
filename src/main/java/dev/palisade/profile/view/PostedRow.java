package dev.palisade.profile.view;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The row whose form was sent: where it stood on the page and which setting it was. What somebody
 * else adds or takes out meanwhile moves the rows, and a form must still meet its own.
 *
 * @param declared what the setting was declared to be; empty where the catalog has it
 * @param shown whether its fields were shown
 * @param conflict whether both sides were shown
 */
record PostedRow(int index, String key, String declared, boolean shown, boolean conflict) {

  private static final Pattern KEY = Pattern.compile("rows:([0-9]{1,5}):row:key");

  /** Empty unless the request is from a row. */
  static Optional<PostedRow> of(Map<String, String> sent) {
    for (Map.Entry<String, String> parameter : sent.entrySet()) {
      Matcher name = KEY.matcher(parameter.getKey());
      if (name.matches()) {
        String form = parameter.getKey().substring(0, name.end() - "key".length());
        return Optional.of(
            new PostedRow(
                Integer.parseInt(name.group(1)),
                parameter.getValue(),
                sent.getOrDefault(form + "declared", ""),
                !sent.getOrDefault(form + "seen", "").isEmpty(),
                sent.containsKey(form + "clash")));
      }
    }
    return Optional.empty();
  }
}
