package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Map;

/** The named sets and maps of nftables, by table. */
final class NftSets {

  private static final String TEMPORARY = "@temp-ports";

  private final Map<String, JsonNode> sets = new HashMap<>();

  void add(String table, JsonNode set) {
    sets.putIfAbsent(table + " @" + set.path("name").asText(), set.path("elem"));
  }

  /** Whether a reference is to a set that the ruleset has; one without elements is empty. */
  boolean has(String table, JsonNode reference) {
    return sets.containsKey(table + " " + reference.asText());
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
