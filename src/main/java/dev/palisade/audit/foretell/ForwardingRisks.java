package dev.palisade.audit.foretell;

import dev.palisade.catalog.SettingValue.Int;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Containers, virtual machines, NAT and routing tunnels need a kernel that forwards; a value of 0
 * stops them, or does not come into force where a NixOS module of theirs sets 1.
 */
final class ForwardingRisks {

  private static final Pattern CONTAINERS =
      Pattern.compile("(docker\\d+|br-.+|veth.*|cni.*|podman.*|virbr.*|incusbr.*|lxdbr.*)");
  private static final Pattern TAILSCALE = Pattern.compile("tailscale\\d*");
  private static final int SHOWN = 4;

  /** Each key, and the prefix and name of what it writes. */
  private static final List<String> KEYS =
      List.of(
          "net.ipv4.conf.all.forwarding",
          "net.ipv4.ip_forward",
          "net.ipv4.conf.*.forwarding",
          "net.ipv6.conf.all.forwarding",
          "net.ipv6.conf.*.forwarding");

  private static final String WINS =
      " Where NixOS sets 1 for docker, tailscale or networking.nat, that wins and this setting does"
          + " not hold.";

  private ForwardingRisks() {}

  static List<Risk> of(Prospect prospect) {
    List<Risk> risks = new ArrayList<>();
    for (String key : KEYS) {
      if (new Int(0).equals(prospect.after().get(key))) {
        on(prospect, key, risks);
      }
    }
    return risks;
  }

  private static void on(Prospect prospect, String key, List<Risk> risks) {
    String family = key.startsWith("net.ipv6") ? "net.ipv6.conf." : "net.ipv4.conf.";
    if (prospect.evidence() == null) {
      risks.add(
          Risk.check(
              key,
              "Containers, NAT or a tunnel's router would stop, if the host has any",
              prospect.unseen("them")));
      return;
    }
    Set<String> forwarding = forwarding(prospect, family);
    boolean known = prospect.running(family + "all.forwarding") != null;
    if (known && forwarding.isEmpty()) {
      return;
    }
    Set<String> containers = matching(prospect.interfaces(), CONTAINERS);
    Set<String> tailscale = matching(prospect.interfaces(), TAILSCALE);
    String runs =
        known
            ? "Forwarding runs at 1 on " + shown(forwarding) + "."
            : "Its evidence does not say whether it forwards.";
    if (!containers.isEmpty()) {
      risks.add(
          Risk.breakage(
              key,
              "Containers or virtual machines would lose their network",
              "It has " + shown(containers) + ". " + runs + WINS));
    }
    if (!tailscale.isEmpty()) {
      risks.add(
          Risk.breakage(
              key,
              "What Tailscale routes through this host, as a subnet router or exit node, would stop",
              "It has " + shown(tailscale) + ". " + runs + WINS));
    }
    if (containers.isEmpty() && tailscale.isEmpty()) {
      risks.add(
          known
              ? Risk.breakage(key, "NAT or routing through this host would stop", runs + WINS)
              : Risk.check(key, "NAT or routing would stop, if the host does any", runs));
    }
  }

  /** Where it forwards now: {@code all} and the names of interfaces. */
  private static Set<String> forwarding(Prospect prospect, String family) {
    Set<String> names = new TreeSet<>(prospect.interfaces());
    names.add("all");
    names.removeIf(
        name -> !"1".equals(prospect.running(family + name.replace('.', '/') + ".forwarding")));
    return names;
  }

  private static Set<String> matching(Set<String> names, Pattern pattern) {
    Set<String> found = new TreeSet<>(names);
    found.removeIf(name -> !pattern.matcher(name).matches());
    return found;
  }

  static String shown(Set<String> names) {
    List<String> first = names.stream().limit(SHOWN).toList();
    int more = names.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
