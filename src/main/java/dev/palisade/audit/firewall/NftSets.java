package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The named sets and maps of nftables, by table. */
final class NftSets {

  private static final String TEMPORARY = "@temp-ports";

  private final Map<String, JsonNode> sets = new HashMap<>();
  private final Set<String> limited = new HashSet<>();

  void add(String table, JsonNode set) {
    String name = table + " @" + set.path("name").asText();
    sets.putIfAbsent(name, set.path("elem"));
    for (JsonNode statement : set.path("stmt")) {
      if (NftRules.isLimit(statement)) {
        limited.add(name);
      }
    }
  }

  /** Whether a reference is to a set that the ruleset has; one without elements is empty. */
  boolean has(String table, JsonNode reference) {
    return sets.containsKey(table + " " + reference.asText());
  }

  /** Whether each element of a set lets only some packets match. */
  boolean hasLimits(String table, JsonNode reference) {
    return limited.contains(table + " " + reference.asText());
  }

  /** What the set that a text refers to holds. */
  JsonNode elements(String table, JsonNode reference) {
    return sets.getOrDefault(table + " " + reference.asText(), MissingNode.getInstance());
  }

  /** Whether it is the set in which NixOS keeps ports that are open for a while. */
  static boolean isTemporary(JsonNode reference) {
    return reference.asText().equals(TEMPORARY);
  }
}
