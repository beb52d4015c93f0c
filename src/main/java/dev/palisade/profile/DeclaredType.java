package dev.palisade.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.Setting.Bounds;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.Severity;
import dev.palisade.catalog.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a version declares about a setting that the catalog does not have; approved with the
 * version.
 *
 * @param min the least number, inclusive, or null where not bounded so
 * @param max the greatest number, inclusive, or null where not bounded so
 * @param values the only values, of a choice; empty for every other type
 * @param size how many numbers a vector has, or null for every other type
 * @param merge how NixOS merges two definitions
 * @param optionDepth how many names of the key belong to the NixOS option, for a key within the
 *     option's value; null where the whole key names the option
 */
public record DeclaredType(
    SettingKind kind,
    ValueType type,
    Long min,
    Long max,
    List<SettingValue> values,
    Integer size,
    MergeKind merge,
    Integer optionDepth) {

  /** The family under which pages show such settings. */
  public static final String FAMILY = "Custom";

  public DeclaredType {
    values = List.copyOf(values);
  }

  /** Creates a declaration whose whole key names the option or sysctl. */
  public DeclaredType(
      SettingKind kind,
      ValueType type,
      Long min,
      Long max,
      List<SettingValue> values,
      Integer size,
      MergeKind merge) {
    this(kind, type, min, max, values, size, merge, null);
  }

  /**
   * What is known about a setting; empty where nothing is declared and the catalog has it no
   * longer.
   *
   * @param declared what its version declares about it; null where the catalog has it
   */
  public static Optional<Setting> known(String key, DeclaredType declared, Catalog catalog) {
    return declared == null ? catalog.find(key) : Optional.of(declared.setting(key));
  }

  /** The setting as the rest of the portal knows settings: nothing but type and bounds is known. */
  public Setting setting(String key) {
    return new Setting(
        key,
        kind,
        type,
        "Not in the catalog",
        FAMILY,
        new Bounds(values, Map.of(), List.of(), min, max, size),
        null,
        null,
        null,
        CombineRule.NONE,
        merge,
        optionDepth,
        null,
        null,
        false,
        false,
        null,
        null,
        List.of(),
        null,
        "",
        null,
        Severity.MEDIUM,
        "Declared by the version itself: the catalog knows nothing about it.",
        "",
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** What it accepts, in a few words: {@code a whole number from 0 to 2}. */
  public String takes() {
    return switch (type) {
      case SWITCH -> "0 or 1";
      case INT, BITMASK -> "a whole number from " + min + " to " + max;
      case INT_VECTOR -> size + " whole numbers";
      case BOOL, FLAG -> "true or false";
      case CHOICE, CHOICE_INT ->
          "one of " + String.join(", ", values.stream().map(SettingValue::display).toList());
      case TEXT -> "one line of text";
      case LINES -> "text";
      case TEXT_LIST -> "a list of texts" + merged();
      case PORT_LIST -> "a list of ports" + merged();
      case PORT_RANGE_LIST -> "a list of port ranges" + merged();
      case LISTEN_ADDRESS_LIST -> "a list of addresses" + merged();
    };
  }

  private String merged() {
    return merge == MergeKind.ADD ? ", added to what others declare" : ", in place of others";
  }

  /** As it stands in the canonical form of versions and releases. */
  public JsonNode toJson() {
    ObjectNode node =
        JsonNodeFactory.instance.objectNode().put("kind", kind.code()).put("type", type.code());
    if (merge != MergeKind.SCALAR) {
      node.put("merge", merge.code());
    }
    if (optionDepth != null) {
      node.put("optionDepth", optionDepth);
    }
    if (min != null) {
      node.put("min", min);
    }
    if (max != null) {
      node.put("max", max);
    }
    if (size != null) {
      node.put("size", size);
    }
    if (!values.isEmpty()) {
      ArrayNode list = node.putArray("values");
      values.forEach(value -> list.add(value.toJson()));
    }
    return node;
  }

  /** Reads what {@link #toJson()} wrote; null where there is nothing. */
  public static DeclaredType fromJson(JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    List<SettingValue> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(SettingValue.fromJson(value, "/values")));
    return new DeclaredType(
        SettingKind.of(node.get("kind").textValue()),
        ValueType.of(node.get("type").textValue()).orElseThrow(),
        node.has("min") ? Long.valueOf(node.get("min").longValue()) : null,
        node.has("max") ? Long.valueOf(node.get("max").longValue()) : null,
        values,
        node.has("size") ? Integer.valueOf(node.get("size").intValue()) : null,
        node.has("merge") ? MergeKind.of(node.get("merge").textValue()) : MergeKind.SCALAR,
        node.has("optionDepth") ? Integer.valueOf(node.get("optionDepth").intValue()) : null);
  }
}
