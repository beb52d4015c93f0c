package dev.palisade.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Changes every member of a manifest, one at a time: another value, removed, added, reordered. */
final class ManifestChanges {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String manifest;
  private final Map<String, String> changes = new LinkedHashMap<>();

  private ManifestChanges(String manifest) {
    this.manifest = manifest;
  }

  /** The canonical texts of all changed manifests, by what was changed in them. */
  static Map<String, String> of(String manifest) {
    ManifestChanges changes = new ManifestChanges(manifest);
    changes.visit("", CanonicalJson.read(manifest));
    changes.changes.put("a space at the end", manifest + " ");
    return changes.changes;
  }

  private void visit(String pointer, JsonNode node) {
    if (node.isObject()) {
      change(pointer + " gets a member", pointer, n -> ((ObjectNode) n).put("zz", "zz"));
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String name = member.getKey();
        change(pointer + "/" + name + " removed", pointer, n -> ((ObjectNode) n).remove(name));
        for (JsonNode other : others(member.getValue())) {
          change(
              pointer + "/" + name + " = " + other,
              pointer,
              n -> ((ObjectNode) n).set(name, other));
        }
        visit(pointer + "/" + name, member.getValue());
      }
    } else if (node.isArray()) {
      change(pointer + " gets an element", pointer, n -> ((ArrayNode) n).add("zz"));
      change(pointer + " is emptied", pointer, n -> ((ArrayNode) n).removeAll());
      change(pointer + " is reversed", pointer, ManifestChanges::reverse);
      for (int i = 0; i < node.size(); i++) {
        int at = i;
        change(pointer + "/" + i + " removed", pointer, n -> ((ArrayNode) n).remove(at));
        change(pointer + "/" + i + " twice", pointer, n -> ((ArrayNode) n).add(n.get(at)));
        for (JsonNode other : others(node.get(i))) {
          change(pointer + "/" + i + " = " + other, pointer, n -> ((ArrayNode) n).set(at, other));
        }
        visit(pointer + "/" + i, node.get(i));
      }
    }
  }

  private static void reverse(JsonNode node) {
    ArrayNode array = (ArrayNode) node;
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(element -> elements.add(0, element));
    array.removeAll();
    elements.forEach(array::add);
  }

  private static List<JsonNode> others(JsonNode value) {
    if (value.isTextual()) {
      return List.of(
          JSON.textNode(value.textValue() + "x"),
          JSON.textNode("sysctl"),
          JSON.textNode("module-blacklist"),
          JSON.textNode("add"),
          JSON.nullNode());
    }
    if (value.isBoolean()) {
      return List.of(JSON.booleanNode(!value.booleanValue()), JSON.nullNode());
    }
    if (value.isNumber()) {
      return List.of(JSON.numberNode(value.longValue() + 1), JSON.textNode(value.asText()));
    }
    return List.of(JSON.nullNode(), JSON.numberNode(1));
  }

  private void change(String name, String pointer, Consumer<JsonNode> change) {
    JsonNode root = CanonicalJson.read(manifest);
    change.accept(root.at(pointer));
    String changed = CanonicalJson.of(root);
    if (!changed.equals(manifest)) {
      changes.put(name, changed);
    }
  }
}
