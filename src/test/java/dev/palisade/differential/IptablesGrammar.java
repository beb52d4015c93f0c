package dev.palisade.differential;

import static dev.palisade.differential.FirewallGrammar.any;
import static dev.palisade.differential.FirewallGrammar.port;
import static dev.palisade.differential.FirewallGrammar.ports;
import static dev.palisade.differential.FirewallGrammar.range;

import dev.palisade.differential.Generated.Feature;
import java.util.Random;
import java.util.Set;

/** Random rules in the language of iptables, for one address family. */
final class IptablesGrammar {

  private final Random random;
  private final boolean ipv6;
  private final Set<Feature> features;
  private final int richness;
  private int chains;

  IptablesGrammar(Random random, boolean ipv6, Set<Feature> features) {
    this.random = random;
    this.ipv6 = ipv6;
    this.features = features;
    richness = random.nextInt(4);
  }

  /**
   * The rules.
   *
   * @param whole whether they filter; otherwise they translate only, or restrict a little
   */
  String ruleset(boolean whole) {
    StringBuilder text = new StringBuilder();
    if (whole ? chance(2) : !chance(4)) {
      nat(text);
    }
    if (whole || chance(3)) {
      filter(text, whole);
    }
    if (richness > 1 && chance(3)) {
      features.add(Feature.MARKS);
      text.append("*mangle\n:PREROUTING ACCEPT [0:0]\n");
      text.append("-A PREROUTING -p tcp -m tcp --dport ")
          .append(port(random))
          .append(" -j MARK --set-mark 1\n");
      if (chance(3)) {
        text.append("-A PREROUTING -p tcp -m tcp --dport ")
            .append(port(random))
            .append(" -j DROP\n");
      }
      text.append("COMMIT\n");
    }
    return text.toString();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private void filter(StringBuilder text, boolean whole) {
    chains = richness == 0 ? 0 : random.nextInt(4);
    if (chains > 0) {
      features.add(Feature.JUMPS);
    }
    text.append("*filter\n:INPUT ")
        .append(whole && !chance(4) ? "DROP" : "ACCEPT")
        .append(" [0:0]\n");
    text.append(":FORWARD ").append(whole && chance(3) ? "DROP" : "ACCEPT").append(" [0:0]\n");
    for (int i = 0; i < chains; i++) {
      text.append(":side").append(i).append(" - [0:0]\n");
    }
    if (chance(2)) {
      text.append("-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n");
    }
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      rule(text, "INPUT", -1);
    }
    for (int chain = 0; chain < chains; chain++) {
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        rule(text, "side" + chain, chain);
      }
    }
    text.append("-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n");
    text.append(
        any(
            random,
            "",
            "-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT\n",
            "-A FORWARD -p tcp -m tcp --dport " + port(random) + " -j ACCEPT\n",
            "-A FORWARD -i eth0 -o br0 -j ACCEPT\n"));
    text.append("COMMIT\n");
  }

  private void nat(StringBuilder text) {
    text.append("*nat\n:PREROUTING ACCEPT [0:0]\n:DOCKER - [0:0]\n");
    text.append("-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER\n");
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String chain = any(random, "PREROUTING", "DOCKER");
      text.append("-A ")
          .append(chain)
          .append(chance(5) ? any(random, " -i eth0", " ! -i wg0") : "");
      String proto = any(random, "tcp", "tcp", "udp");
      text.append(" -p ").append(proto);
      text.append(
          chance(4)
              ? " -m multiport --dports " + ports(random, 3, ",")
              : " -m " + proto + " --dport " + port(random));
      if (chance(2)) {
        features.add(Feature.REDIRECT);
        text.append(" -j REDIRECT --to-ports ").append(port(random)).append('\n');
      } else {
        features.add(Feature.DNAT);
        String to =
            ipv6
                ? any(random, KernelWorld.BEHIND6, KernelWorld.OWN6)
                : any(random, KernelWorld.BEHIND, KernelWorld.OWN);
        String there = ipv6 ? "[" + to + "]" : to;
        text.append(" -j DNAT --to-destination ")
            .append(
                switch (random.nextInt(3)) {
                  case 0 -> to;
                  case 1 -> there + ":" + port(random);
                  default -> there + ":80";
                })
            .append('\n');
      }
    }
    text.append("COMMIT\n");
  }

  private void rule(StringBuilder text, String name, int chain) {
    text.append("-A ").append(name).append(chance(3) ? where() : "");
    String proto = any(random, "tcp", "tcp", "tcp", "udp");
    int[] range = range(random);
    text.append(
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3 -> " -p " + proto + " -m " + proto + " --dport " + port(random);
          case 4 -> " -p " + proto + " -m " + proto + " --dport " + range[0] + ":" + range[1];
          case 5 -> " -p " + proto + " -m " + proto + " ! --dport " + port(random);
          case 6 -> " -p " + proto + " -m multiport --dports " + ports(random, 4, ",");
          case 7 -> " -p " + proto + " -m multiport ! --dports " + ports(random, 3, ",");
          case 8 -> " -p " + proto;
          default ->
              chance(3)
                  ? ""
                  : " -p tcp -m tcp --dport " + port(random) + " --tcp-flags FIN,SYN,RST,ACK SYN";
        });
    if (chance(4)) {
      text.append(condition());
    }
    if (richness > 0 && chance(4)) {
      text.append(limit());
    }
    text.append(fate(chain)).append('\n');
  }

  private String where() {
    return switch (random.nextInt(6)) {
      case 0 -> " -i eth0";
      case 1 -> any(random, " -i wg0", " -i e+", " -i w+");
      case 2 -> any(random, " ! -i eth0", " ! -i wg0");
      case 3 -> ipv6 ? " -s fd00::/8" : " -s 10.0.0.0/8";
      case 4 -> ipv6 ? " -s 2001:db8::/32" : " -s 192.0.2.0/24";
      default -> ipv6 ? " ! -s 2001:db8::/32" : " ! -s 192.0.2.0/24";
    };
  }

  private String condition() {
    return switch (random.nextInt(richness < 2 ? 6 : 8)) {
      case 0 -> " -m conntrack --ctstate NEW";
      case 1 ->
          any(random, " -m state --state NEW,ESTABLISHED", " -m conntrack --ctstate ESTABLISHED");
      case 2 -> " -m comment --comment \"a -j ACCEPT word\"";
      case 3 -> " -m addrtype --dst-type LOCAL";
      case 4 -> any(random, " -m pkttype --pkt-type unicast", " -m pkttype --pkt-type broadcast");
      case 5 ->
          ipv6
              ? ""
              : any(
                  random,
                  " -m iprange --src-range 10.0.0.0-10.255.255.255",
                  " -m iprange ! --src-range 10.9.0.0-10.9.255.255");
      case 6 -> {
        features.add(Feature.MARKS);
        yield any(
            random, " -m mark --mark 0x1", " -m mark ! --mark 0x1", " -m connmark --mark 0x1");
      }
      default ->
          any(
              random,
              " -m statistic --mode random --probability 0.5",
              " -m length --length 1:100",
              " -m conntrack ! --ctstate INVALID");
    };
  }

  private String limit() {
    features.add(Feature.LIMITS);
    int name = random.nextInt(1_000_000);
    return switch (random.nextInt(6)) {
      case 0 -> " -m limit --limit 100/sec";
      case 1 -> " -m limit --limit 1/min --limit-burst 1";
      case 2 ->
          " -m hashlimit --hashlimit-above 5/min --hashlimit-burst 2 --hashlimit-mode srcip --hashlimit-name h"
              + name;
      case 3 ->
          " -m hashlimit --hashlimit-upto 5/min --hashlimit-burst 2 --hashlimit-mode srcip --hashlimit-name h"
              + name;
      case 4 ->
          any(
              random,
              " -m connlimit --connlimit-above 3 --connlimit-saddr",
              " -m connlimit --connlimit-upto 30 --connlimit-saddr");
      default ->
          any(
              random,
              " -m recent --set --name r" + name,
              " -m recent --update --seconds 60 --hitcount 4 --name r" + name);
    };
  }

  private String fate(int chain) {
    int below = chains - chain - 1;
    if (below > 0 && random.nextInt(4) == 0) {
      int to = chain + 1 + random.nextInt(below);
      return any(random, " -j side", " -j side", " -g side") + to;
    }
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4, 5, 6 -> " -j ACCEPT";
      case 7, 8, 9 -> " -j DROP";
      case 10 -> " -j REJECT";
      case 11 -> chain < 0 ? " -j ACCEPT" : " -j RETURN";
      case 12 -> " -j LOG --log-prefix \"x -j ACCEPT \"";
      default -> any(random, " -j ACCEPT", " -j RETURN", "");
    };
  }
}
