package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.audit.firewall.Ports;
import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.ListenAddress;
import dev.palisade.core.DomainException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that the host's configuration comes to, as its module wrote it in JSON. */
final class DeclaredValue {

  private static final int LONGEST = 300;
  private static final String REVERSE_PATH = "networking.firewall.checkReversePath";

  private DeclaredValue() {}

  /** As people write it; {@code not set} for null. */
  static String shown(JsonNode value) {
    if (value.isNull()) {
      return "not set";
    }
    String text = value.isArray() ? list(value) : one(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String list(JsonNode array) {
    List<String> items = new ArrayList<>();
    array.forEach(item -> items.add(one(item)));
    return items.isEmpty() ? "none" : String.join(" ", items);
  }

  private static String one(JsonNode value) {
    if (value.path("from").isInt() && value.path("to").isInt()) {
      return value.path("from") + "-" + value.path("to");
    }
    if (value.path("addr").isTextual()) {
      JsonNode port = value.path("port");
      return new ListenAddress(value.get("addr").textValue(), port.isInt() ? port.intValue() : null)
          .display();
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** Ports and ranges of ports in a list; none where it is no list. */
  static List<Ports> ranges(@Nullable JsonNode list) {
    List<Ports> ranges = new ArrayList<>();
    if (list != null && list.isArray()) {
      for (JsonNode item : list) {
        int from = item.isInt() ? item.intValue() : item.path("from").asInt(-1);
        int to = item.isInt() ? from : item.path("to").asInt(-1);
        if (from >= 0 && from <= to && to <= Ports.LAST) {
          ranges.add(new Ports(from, to));
        }
      }
    }
    return Ports.joined(ranges);
  }

  /** How it stands to what was approved. Lists that merge need to have it among others. */
  static Comparison compare(Expected expected, JsonNode declared) {
    Setting setting = expected.setting();
    if (declared.isNull()) {
      return Comparison.OTHER;
    }
    if (setting.merge() == MergeKind.ADD) {
      return hasAll(expected.value(), declared)
          ? Comparison.EQUAL
          : isStricter(expected, declared) ? Comparison.BETTER : Comparison.OTHER;
    }
    String text = shown(declared);
    if (setting.key().equals(REVERSE_PATH)) {
      text = text.equals("strict") ? "true" : text;
    }
    return RunningValue.compare(setting, expected.value(), text);
  }

  private static boolean isStricter(Expected expected, JsonNode declared) {
    try {
      return expected
          .setting()
          .isStricter(expected.value(), SettingValue.fromJson(declared, "/effective"));
    } catch (DomainException e) {
      return false;
    }
  }

  private static boolean hasAll(SettingValue wanted, JsonNode declared) {
    if (!(wanted instanceof Items list)) {
      return declared.asText().contains(wanted.display());
    }
    List<String> present = new ArrayList<>();
    declared.forEach(item -> present.add(one(item)));
    return present.containsAll(list.items().stream().map(SettingValue::display).toList());
  }
}
