package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Completes rules of NixOS's iptables firewall of which nft prints a module's name alone. NixOS
 * writes each of them once in its chain; where there are two of a kind, none is taken for it.
 */
final class StockRules {

  private static final String MAIN = "nixos-fw";
  private static final String REFUSING = "nixos-fw-log-refuse";
  private static final String ACCEPTING = "nixos-fw-accept";

  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> logged = new HashMap<>();

  /** Counts the rules of a kind, before any of them is read. */
  void count(JsonNode rule) {
    for (JsonNode statement : rule.path("expr")) {
      JsonNode xt = statement.path("xt");
      if (xt.path("type").asText().equals("match")) {
        counts.merge(key(rule, xt.path("name").asText()), 1, Integer::sum);
      }
    }
  }

  /** What a module asks for in a rule of NixOS; null where the rule is not certainly its own. */
  @Nullable Packets match(Chain chain, String module, JsonNode rule) {
    if (!chain.name().equals(MAIN) || counts.getOrDefault(key(rule, module), 0) != 1) {
      return null;
    }
    Set<String> kinds = kinds(rule);
    if (module.equals("conntrack") && kinds.equals(Set.of("xt", "jump"))) {
      return Packets.notFresh();
    }
    boolean ping =
        module.equals("icmp")
            && (kinds.equals(Set.of("match", "xt", "jump"))
                || kinds.equals(Set.of("match", "xt", "limit", "jump")));
    return ping ? Packets.icmp("icmp", true) : null;
  }

  /** The words with which a rule of NixOS logs; null where the rule is not certainly its own. */
  @Nullable String prefix(Chain chain, JsonNode rule) {
    Set<String> kinds = kinds(rule);
    if (chain.name().equals("nixos-fw-rpfilter") && kinds.equals(Set.of("xt"))) {
      return "rpfilter drop: ";
    }
    if (!chain.name().equals(REFUSING)) {
      return null;
    }
    if (kinds.contains("match")) {
      return "refused connection: ";
    }
    boolean byType = rule.path("expr").toString().contains("\"pkttype\"");
    int before = byType ? logged.merge(key(rule, "pkttype"), 1, Integer::sum) : 0;
    return switch (before) {
      case 0 -> "refused packet: ";
      case 1 -> "refused broadcast: ";
      case 2 -> "refused multicast: ";
      default -> null;
    };
  }

  /** The kinds of statements that a rule has; null for a rule that leads to another chain. */
  private static Set<String> kinds(JsonNode rule) {
    Set<String> kinds = new HashSet<>();
    for (JsonNode statement : rule.path("expr")) {
      String kind =
          statement.isObject() && statement.size() > 0 ? statement.fieldNames().next() : "";
      boolean elsewhere =
          kind.equals("jump") && !statement.path("jump").path("target").asText().equals(ACCEPTING);
      if (!kind.equals("counter")) {
        kinds.add(elsewhere ? "elsewhere" : kind);
      }
    }
    return kinds;
  }

  private static String key(JsonNode rule, String module) {
    return String.join(
        " ",
        rule.path("family").asText(),
        rule.path("table").asText(),
        rule.path("chain").asText(),
        module);
  }
}
