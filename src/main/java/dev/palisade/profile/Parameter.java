package dev.palisade.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A value that a version leaves to the operator of each host. Its type, bounds and choices are
 * approved with the version; within them the value is the operator's.
 *
 * @param name as settings write it between <code>${</code> and <code>}</code>
 * @param min the least number, inclusive; null unless the type is a number
 * @param max the greatest number, inclusive; null unless the type is a number
 * @param choices the only values, of a choice; empty for every other type
 * @param standard the value where the operator supplies none, {@code default} in JSON; null where
 *     one must be supplied
 * @param example what a preview shows where there is no default, or null
 * @param description what the operator should know, or null
 */
public record Parameter(
    String name,
    ParameterType type,
    Long min,
    Long max,
    List<SettingValue> choices,
    SettingValue standard,
    SettingValue example,
    String description) {

  /** Ranges up to this width are checked value by value, wider ones at their ends. */
  private static final int NARROW = 256;

  public Parameter {
    choices = List.copyOf(choices);
  }

  /**
   * The value that counts where an operator supplied a text.
   *
   * @param text null where nobody supplied one: the default counts
   * @return empty where there is none, or where it is not accepted
   */
  public Optional<SettingValue> of(String text) {
    if (text == null) {
      return Optional.ofNullable(standard);
    }
    return (type == ParameterType.CHOICE
            ? choices.stream().filter(c -> c.display().equals(text)).findFirst()
            : type.parse(text))
        .filter(this::accepts);
  }

  /** Whether a typed value is within what is approved. */
  public boolean accepts(SettingValue value) {
    if (type == ParameterType.CHOICE) {
      return choices.contains(value);
    }
    if (value instanceof Int number) {
      return type.isNumber() && number.value() >= min && number.value() <= max;
    }
    return type.parse(value.display()).filter(value::equals).isPresent();
  }

  /** What is accepted, as the end of a sentence: {@code a port from 1 to 65535}. */
  public String takes() {
    return switch (type) {
      case INTERFACE -> "the name of a network interface";
      case PORT -> "a port from " + min + " to " + max;
      case ADDRESS -> "an IP address or network";
      case BOOLEAN -> "true or false";
      case INTEGER -> "a whole number from " + min + " to " + max;
      case CHOICE ->
          "one of " + String.join(", ", choices.stream().map(SettingValue::display).toList());
    };
  }

  /** What stands in for a value that nobody supplied, in a preview. */
  public SettingValue shown() {
    return standard != null ? standard : example != null ? example : probes().get(0);
  }

  /** Values that stand for all that an operator may supply: a setting must accept each of them. */
  public List<SettingValue> probes() {
    return switch (type) {
      case INTERFACE -> List.of(new Text("eth0"));
      case ADDRESS -> List.of(new Text("192.0.2.1"));
      case BOOLEAN -> List.of(new Bool(false), new Bool(true));
      case CHOICE -> choices;
      case PORT, INTEGER ->
          isNarrow()
              ? LongStream.rangeClosed(min, max).<SettingValue>mapToObj(Int::new).toList()
              : List.of(new Int(min), new Int(max));
    };
  }

  /** Whether {@link #probes()} are all the values there are. */
  public boolean isNarrow() {
    return !type.isNumber() || max - min < NARROW;
  }

  /** Whether an operator may supply the same values as for another parameter. */
  public boolean takesTheSameAs(Parameter other) {
    return type == other.type
        && java.util.Objects.equals(min, other.min)
        && java.util.Objects.equals(max, other.max)
        && choices.equals(other.choices);
  }

  /** Changes with every part of it; see {@link ProfileSetting#fingerprint()}. */
  public String fingerprint() {
    return Digest.of(CanonicalJson.of(toJson())).hex();
  }

  /** As it stands in a version's canonical form; members that say nothing are left out. */
  public JsonNode toJson() {
    ObjectNode node =
        JsonNodeFactory.instance.objectNode().put("name", name).put("type", type.code());
    if (type.isNumber()) {
      node.put("min", min).put("max", max);
    }
    if (!choices.isEmpty()) {
      ArrayNode list = node.putArray("choices");
      choices.forEach(choice -> list.add(choice.toJson()));
    }
    if (standard != null) {
      node.set("default", standard.toJson());
    }
    if (example != null) {
      node.set("example", example.toJson());
    }
    if (description != null) {
      node.put("description", description);
    }
    return node;
  }

  /** Reads what {@link #toJson()} wrote. */
  static Parameter fromJson(JsonNode node) {
    List<SettingValue> choices = new ArrayList<>();
    node.path("choices").forEach(choice -> choices.add(SettingValue.fromJson(choice, "/choices")));
    return new Parameter(
        node.get("name").textValue(),
        ParameterType.of(node.get("type").textValue()).orElseThrow(),
        node.has("min") ? Long.valueOf(node.get("min").longValue()) : null,
        node.has("max") ? Long.valueOf(node.get("max").longValue()) : null,
        choices,
        value(node, "default").orElse(null),
        value(node, "example").orElse(null),
        node.path("description").textValue());
  }

  private static Optional<SettingValue> value(JsonNode node, String member) {
    return Optional.ofNullable(node.get(member)).map(v -> SettingValue.fromJson(v, "/" + member));
  }
}
