package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tables of nft that the text of iptables-save tells in full, so that they are read from it: of
 * the options of iptables' modules nft prints nothing. They have the same chains, and iptables-save
 * prints chains of the kernel's besides that have no rules. The older iptables has tables of its
 * own, which run beside those of nft.
 */
record SavedTables(Family family, Set<String> replaced) {

  private static final Set<String> BUILT_IN =
      Set.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");

  static SavedTables of(JsonNode objects, String saved, Family family) {
    Map<String, Set<String>> own = new HashMap<>();
    for (JsonNode object : objects) {
      JsonNode chain = object.path("chain");
      if (chain.path("family").asText().equals(family.table())) {
        own.computeIfAbsent(chain.path("table").asText(), any -> new HashSet<>())
            .add(chain.path("name").asText());
      }
    }
    Set<String> replaced = new HashSet<>();
    SavedRules.chains(saved)
        .forEach(
            (table, chains) -> {
              Set<String> here = own.getOrDefault(table, Set.of());
              Set<String> more = new HashSet<>(chains);
              more.removeAll(here);
              if (chains.containsAll(here) && BUILT_IN.containsAll(more)) {
                replaced.add(family.table() + " " + table);
              }
            });
    return new SavedTables(family, Set.copyOf(replaced));
  }

  /** Whether a table of nft, with its family, is read from the text instead. */
  boolean replaces(String table) {
    return replaced.contains(table);
  }

  /** What a table of the text is called among those of nft. */
  String name(String table) {
    String name = family.table() + " " + table;
    return replaced.contains(name) ? name : "iptables " + table;
  }
}
