package dev.palisade.differential;

import static dev.palisade.differential.FirewallGrammar.any;
import static dev.palisade.differential.FirewallGrammar.port;
import static dev.palisade.differential.FirewallGrammar.ports;
import static dev.palisade.differential.FirewallGrammar.range;

import dev.palisade.differential.Generated.Feature;
import java.util.Random;
import java.util.Set;

/** Random rules in the language of nft. */
final class NftGrammar {

  private static final String SETS =
      """
        set ports { type inet_service; flags interval; auto-merge; elements = { %d, %d, %d-%d } }
        set few { type inet_service; elements = { %s } }
        set later { type inet_service; flags timeout; elements = { %d timeout 1h } }
        set none { type inet_service; }
        set known { type inet_proto . inet_service; flags interval; elements = { udp . %d, udp . 61005-61010, tcp . %d-%d } }
        set ways { type ifname . inet_service; elements = { "eth0" . %d, "wg0" . %d } }
        set near4 { type ipv4_addr; flags interval; elements = { 10.9.0.0/16 } }
        set far4 { type ipv4_addr; flags interval; elements = { 192.0.2.0/24 } }
        set near6 { type ipv6_addr; flags interval; elements = { fd09::/16 } }
        set dyn4 { type ipv4_addr; size 4096; flags dynamic, timeout; timeout 1m; }
        set dyn6 { type ipv6_addr; size 4096; flags dynamic, timeout; timeout 1m; }
        set counted { type ipv4_addr; size 4096; flags dynamic; }
        set slow4 { type ipv4_addr; size 4096; flags dynamic; limit rate over 5/minute burst 2 packets; }
        map fates { type inet_service : verdict; elements = { %d : accept, %d : drop } }
      """;

  private final Random random;
  private final Set<Feature> features;

  /** How rich the rules are: some use little, so that what little means is tried by itself. */
  private final int richness;

  private int chains;

  NftGrammar(Random random, Set<Feature> features) {
    this.random = random;
    this.features = features;
    richness = random.nextInt(4);
  }

  String ruleset() {
    StringBuilder text = new StringBuilder();
    boolean split = random.nextInt(6) == 0;
    table(text, split ? "ip" : "inet", "main");
    if (split) {
      table(text, "ip6", "main");
    } else if (random.nextInt(5) == 0) {
      table(text, any(random, "inet", "ip", "ip6"), "other");
    }
    if (chance(20)) {
      features.add(Feature.INGRESS);
      text.append("table netdev early {\n chain first {\n  type filter hook ingress device \"")
          .append(any(random, "eth0", "wg0"))
          .append("\" priority 0; policy accept;\n  ")
          .append("tcp dport ")
          .append(port(random))
          .append(" drop\n }\n}\n");
    }
    return text.toString();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private void table(StringBuilder text, String family, String name) {
    boolean four = !family.equals("ip6");
    boolean six = !family.equals("ip");
    int[] a = range(random);
    int[] b = range(random);
    text.append("table ").append(family).append(' ').append(name).append(" {\n");
    int first = port(random);
    int second = port(random);
    text.append(
        SETS.formatted(
            a[1] + 1,
            61_001,
            a[0],
            a[1],
            ports(random, 3, ", "),
            port(random),
            second,
            b[0],
            b[1],
            port(random),
            port(random),
            first,
            first == second ? 61_002 : second));
    chains = richness == 0 ? 0 : random.nextInt(4);
    if (chains > 0) {
      features.add(Feature.JUMPS);
    }
    for (int i = chains - 1; i >= 0; i--) {
      text.append(" chain side").append(i).append(" {\n");
      rules(text, i, 1 + random.nextInt(4), four, six);
      text.append(" }\n");
    }
    base(text, "input", "filter hook input priority 0", 4);
    if (chance(2)) {
      text.append("  ct state established,related accept\n");
    } else if (chance(2)) {
      text.append("  ct state vmap { established : accept, related : accept, invalid : drop }\n");
    }
    rules(text, -1, 1 + random.nextInt(8), four, six);
    text.append(chance(12) ? "  reject\n" : "").append(" }\n");
    if (chance(8)) {
      base(text, "late", "filter hook input priority 10", 1);
      rules(text, -1, 1 + random.nextInt(3), four, six);
      text.append(" }\n");
    }
    if (richness > 1 && chance(4)) {
      features.add(Feature.MARKS);
      base(text, "marks", "filter hook prerouting priority -150", 1);
      text.append("  tcp dport ").append(port(random)).append(" meta mark set 0x1\n");
      text.append("  ").append(condition(four, six)).append(" meta mark set 0x2\n");
      text.append(chance(3) ? "  tcp dport " + port(random) + " drop\n" : "").append(" }\n");
    }
    if (chance(2)) {
      nat(text, four, six);
    }
    if (chance(3)) {
      base(text, "forward", "filter hook forward priority 0", 3);
      text.append("  ct state established,related accept\n");
      text.append(
          any(
              random,
              "",
              "  ct status dnat accept\n",
              "  tcp dport " + port(random) + " accept\n",
              "  iifname \"eth0\" oifname \"br0\" accept\n"));
      text.append(" }\n");
    }
    text.append("}\n");
  }

  /** The head of a base chain; its policy is to drop in all but one of some. */
  private void base(StringBuilder text, String name, String hook, int oneIn) {
    boolean drops = oneIn > 1 && random.nextInt(oneIn) != 0;
    text.append(
        " chain %s {\n  type %s; policy %s;\n".formatted(name, hook, drops ? "drop" : "accept"));
  }

  private void nat(StringBuilder text, boolean four, boolean six) {
    base(text, "translate", "nat hook prerouting priority -100", 1);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String limit = chance(6) ? any(random, "iifname \"eth0\" ", "iifname \"wg0\" ") : "";
      if (chance(2)) {
        features.add(Feature.REDIRECT);
        text.append("  ")
            .append(limit)
            .append(
                switch (random.nextInt(4)) {
                  case 0 ->
                      "tcp dport { " + ports(random, 2, ", ") + " } redirect to :" + port(random);
                  case 1 ->
                      "meta l4proto tcp redirect to :tcp dport map { 81 : %d, 7777 : %d }"
                          .formatted(port(random), port(random));
                  case 2 -> "udp dport " + port(random) + " redirect to :" + port(random);
                  default -> "tcp dport " + port(random) + " redirect to :" + port(random);
                })
            .append('\n');
      } else {
        features.add(Feature.DNAT);
        boolean ipv4 = four && (!six || chance(2));
        String to =
            ipv4
                ? any(random, KernelWorld.BEHIND, KernelWorld.OWN)
                : any(random, KernelWorld.BEHIND6, KernelWorld.OWN6);
        String family = ipv4 ? "ip" : "ip6";
        String there = ipv4 ? to : "[" + to + "]";
        text.append("  ")
            .append(limit)
            .append(
                switch (random.nextInt(5)) {
                  case 0 ->
                      "%s dport %d dnat %s to %s"
                          .formatted(any(random, "tcp", "udp"), port(random), family, to);
                  case 1 ->
                      "dnat %s to tcp dport map { 81 : %s, %d : %s }"
                          .formatted(family, to, 7777, to);
                  case 2 ->
                      "dnat %s addr . port to tcp dport map { 81 : %s . %d, 7777 : %s . 80 }"
                          .formatted(family, to, port(random), to);
                  case 3 ->
                      "fib daddr type local tcp dport %d dnat %s to %s:%d"
                          .formatted(port(random), family, there, port(random));
                  default ->
                      "tcp dport { %s } dnat %s to %s:%d"
                          .formatted(ports(random, 3, ", "), family, there, port(random));
                })
            .append('\n');
      }
    }
    text.append(" }\n");
  }

  private void rules(StringBuilder text, int chain, int count, boolean four, boolean six) {
    for (int i = 0; i < count; i++) {
      text.append("  ").append(rule(chain, four, six)).append('\n');
    }
  }

  private String rule(int chain, boolean four, boolean six) {
    StringBuilder rule = new StringBuilder();
    if (chance(3)) {
      rule.append(condition(four, six)).append(' ');
    }
    if (richness > 0 && chance(9)) {
      features.add(Feature.MAPS);
      return rule.append(decision(chain)).toString();
    }
    if (!chance(10)) {
      rule.append(destination()).append(' ');
    }
    if (richness > 0 && chance(4)) {
      rule.append(limit(four && rule.indexOf("ip6 ") < 0 && rule.indexOf("ipv6") < 0)).append(' ');
    }
    if (chance(6)) {
      rule.append(any(random, "counter ", "log prefix \"x \" ", "counter log "));
    }
    return rule.append(fate(chain)).toString();
  }

  private String fate(int chain) {
    int below = chains - chain - 1;
    if (below > 0 && random.nextInt(4) == 0) {
      int to = chain + 1 + random.nextInt(below);
      return any(random, "jump side", "jump side", "goto side") + to;
    }
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4, 5, 6 -> "accept";
      case 7, 8, 9 -> "drop";
      case 10 -> "reject";
      case 11 -> chain < 0 ? "accept" : "return";
      case 12 -> "continue";
      default -> any(random, "accept", "return");
    };
  }

  private String decision(int chain) {
    String other = fate(chain).replace("reject", "drop");
    return switch (random.nextInt(4)) {
      case 0 ->
          "tcp dport vmap { %d : accept, 61003 : drop, 61004-61010 : %s }"
              .formatted(port(random), other);
      case 1 -> "tcp dport vmap @fates";
      case 2 -> "iifname vmap { \"eth0\" : %s, \"wg0\" : continue }".formatted(other);
      default -> "meta l4proto vmap { tcp : %s, udp : continue }".formatted(other);
    };
  }

  private String destination() {
    String proto = any(random, "tcp", "tcp", "tcp", "udp");
    int[] range = range(random);
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> proto + " dport " + port(random);
      case 4, 5 -> proto + " dport { " + ports(random, 4, ", ") + " }";
      case 6 -> proto + " dport " + range[0] + "-" + range[1];
      case 7 -> proto + " dport != " + port(random);
      case 8 -> {
        features.add(Feature.SETS);
        yield proto
            + " dport "
            + any(random, "@ports", "@few", "@later", "@none", "!= @few", "!= @ports");
      }
      case 9 -> {
        features.add(Feature.SETS);
        yield any(random, "meta l4proto . th dport @known", "iifname . tcp dport @ways");
      }
      case 10 -> proto + " dport " + any(random, "< 1024", "> 1024", "<= 443", ">= 8000");
      case 11 -> "meta l4proto { tcp, udp } th dport " + port(random);
      case 12 ->
          any(
              random,
              "meta l4proto " + proto,
              "tcp flags & (fin | syn | rst | ack) == syn tcp dport " + port(random),
              "tcp flags syn tcp dport " + port(random));
      default -> proto + " dport { " + range[0] + "-" + range[1] + " }";
    };
  }

  private String condition(boolean four, boolean six) {
    boolean ipv4 = four && (!six || random.nextBoolean());
    return switch (random.nextInt(richness < 2 ? 8 : 11)) {
      case 0 -> "iifname \"eth0\"";
      case 1 -> any(random, "iifname \"wg0\"", "iifname { \"eth0\", \"wg0\" }", "iifname \"e*\"");
      case 2 ->
          any(
              random,
              "iifname != \"eth0\"",
              "iifname != \"wg0\"",
              "iifname != { \"lo\", \"wg0\" }");
      case 3 ->
          ipv4
              ? any(random, "ip saddr 10.0.0.0/8", "ip saddr 192.0.2.0/24", "ip saddr != 192.0.2.1")
              : any(
                  random,
                  "ip6 saddr fd00::/8",
                  "ip6 saddr 2001:db8::/32",
                  "ip6 saddr != 2001:db8::1");
      case 4 -> {
        features.add(Feature.SETS);
        yield ipv4
            ? any(random, "ip saddr @near4", "ip saddr @far4", "ip saddr != @near4")
            : any(random, "ip6 saddr @near6", "ip6 saddr != @near6");
      }
      case 5 -> any(random, "ct state new", "ct state established", "ct state { new, related }");
      case 6 ->
          four && six ? any(random, "meta nfproto ipv4", "meta nfproto ipv6") : "iifname \"eth0\"";
      case 7 -> any(random, "fib daddr type local", "meta pkttype host", "meta pkttype broadcast");
      case 8 -> {
        features.add(Feature.MARKS);
        yield any(
            random, "meta mark 0x1", "meta mark != 0x0", "meta mark and 0x1 == 0x1", "ct mark 0x1");
      }
      case 9 -> any(random, any(random, "meta l4proto != icmp", "meta cpu 0-63"));
      default ->
          any(
              random,
              "ct status dnat",
              "ct direction original",
              ipv4 ? "ip daddr 10.0.0.0/8" : "ip6 daddr fd00::/8");
    };
  }

  private String limit(boolean four) {
    features.add(Feature.LIMITS);
    return switch (random.nextInt(four ? 9 : 4)) {
      case 0 -> "limit rate 100/second";
      case 1 -> "limit rate over 2/minute burst 1 packets";
      case 2 -> "limit rate 1/minute burst 1 packets";
      case 3 ->
          any(
              random,
              "quota over 100 mbytes",
              "quota until 100 mbytes",
              "ct count over 20",
              "ct count 2");
      case 4 -> set("update @dyn4 { ip saddr limit rate over 3/minute }");
      case 5 -> set("add @dyn4 { ip saddr }");
      case 6 -> set("add @slow4 { ip saddr }");
      case 7 -> set("add @counted { ip saddr ct count over 2 }");
      default ->
          set("meter m%d { ip saddr limit rate 10/second }".formatted(random.nextInt(1_000_000)));
    };
  }

  private String set(String statement) {
    features.add(Feature.SETS);
    return statement;
  }
}
