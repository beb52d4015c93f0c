package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Ports;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.differential.FirewallGrammar;
import dev.palisade.differential.Loaded;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What the agent sends of rules that were loaded, as the portal reads it. */
record SentRules(Evidence evidence) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final Set<String> TABLES = Set.of("filter", "nat", "mangle", "raw", "security");
  private static final String NOT_OPEN = "Not open: ";

  /** A row about a list of approved ports. */
  record Row(Set<Integer> approved, Judgement judgement) {

    /** The ports of which the row says that they are closed. */
    Set<Integer> closed() {
      String why = String.valueOf(judgement.why());
      int at = why.indexOf(NOT_OPEN);
      Set<Integer> closed = new TreeSet<>();
      if (at < 0) {
        return closed;
      }
      for (String words :
          why.substring(at + NOT_OPEN.length(), why.indexOf('.', at)).split("; ", -1)) {
        String[] ends = words.split("-", -1);
        if (ends[0].matches("[0-9]+")) {
          int last = Integer.parseInt(ends[ends.length - 1]);
          for (int port = Integer.parseInt(ends[0]); port <= last; port++) {
            closed.add(port);
          }
        }
      }
      return closed;
    }
  }

  /** Chooses what to send as the agent does. */
  static SentRules of(Loaded loaded) throws IOException {
    ObjectNode evidence = MAPPER.createObjectNode().put("schema", "palisade.evidence/1");
    evidence.putObject("sysctl").put("net.ipv6.conf.all.disable_ipv6", "0");
    ObjectNode firewall = evidence.putObject("firewall");
    JsonNode nft = MAPPER.readTree(loaded.nft());
    String saved = steady(loaded.iptables());
    String saved6 = steady(loaded.ip6tables());
    boolean filters =
        (saved + saved6).lines().anyMatch(l -> l.startsWith("-A") || l.startsWith(":INPUT DROP"));
    boolean others = false;
    for (JsonNode object : nft.path("nftables")) {
      JsonNode rule = object.path("rule");
      others |=
          rule.isObject()
              && (!List.of("ip", "ip6").contains(rule.path("family").asText())
                  || !TABLES.contains(rule.path("table").asText()));
    }
    if (filters && others) {
      firewall.put("backend", "nftables").put("saved", saved).put("saved6", saved6);
      firewall.set("ruleset", nft);
    } else if (filters) {
      firewall.put("backend", "iptables").put("ruleset", saved).put("ruleset6", saved6);
    } else {
      firewall.put("backend", "nftables").set("ruleset", nft);
    }
    return new SentRules(JsonEvidence.read(MAPPER.writeValueAsBytes(evidence)).evidence());
  }

  private static String steady(String saved) {
    StringBuilder text = new StringBuilder();
    saved
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> text.append(line.replaceFirst("\\[[0-9]*:[0-9]*]", "[0:0]")).append('\n'));
    return text.toString();
  }

  FirewallState state() {
    return Objects.requireNonNull(evidence.around().firewall());
  }

  /** Those of the ports asked at that are open to everybody by both families. */
  Set<Integer> everywhere(String proto) {
    FirewallState state = state();
    BitSet open = new BitSet();
    open.set(0, Ports.LAST + 1);
    for (var inbound :
        List.of(Objects.requireNonNull(state.ipv4()), Objects.requireNonNull(state.ipv6()))) {
      open.and(
          Ports.set(
              inbound.openings(proto).stream()
                  .filter(Opening::isEverywhere)
                  .map(Opening::ports)
                  .toList()));
    }
    Set<Integer> ports = new TreeSet<>();
    if (open.cardinality() < 2_000) {
      open.stream().forEach(ports::add);
    } else {
      FirewallGrammar.ports().stream().filter(open::get).forEach(ports::add);
    }
    ports.remove(0);
    return ports;
  }

  Row judge(String proto, Set<Integer> approved) throws IOException {
    Expected expected =
        new Expected(
            CATALOG
                .find("networking.firewall.allowed" + proto.toUpperCase(Locale.ROOT) + "Ports")
                .orElseThrow(),
            SettingValue.fromJson(MAPPER.readTree(approved.toString()), "/value"),
            "some-profile");
    return new Row(
        approved, VerdictEngine.judge(List.of(expected), evidence, Deployment.CURRENT).get(0));
  }
}
