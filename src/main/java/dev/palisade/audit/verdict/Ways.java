package dev.palisade.audit.verdict;

import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Topic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ways into a host by evidence: what its rules let in by each address family, and where its ssh
 * daemon waits.
 *
 * @param inbound of the families that the host speaks; empty where nothing is known
 * @param missing why nothing, or not everything, is known of the rules; null where it is
 * @param sshPorts of the running ssh daemon; empty where none is known to run
 * @param sshRuns null where the evidence does not say
 */
record Ways(
    List<Inbound> inbound,
    @Nullable String missing,
    SortedSet<Integer> sshPorts,
    @Nullable Boolean sshRuns) {

  private static final String IPV6_OFF = "net.ipv6.conf.all.disable_ipv6";
  private static final int SSH = 22;

  static Ways of(Evidence evidence) {
    Surroundings around = evidence.around();
    FirewallState firewall = around.firewall();
    List<Inbound> inbound = new ArrayList<>();
    String missing = null;
    if (firewall == null || firewall.ipv4() == null) {
      missing = unread(around, "The evidence has no firewall rules", "nft", "iptables");
    } else {
      inbound.add(firewall.ipv4());
      String off = evidence.sysctl().get(IPV6_OFF);
      boolean speaksIpv6 = off != null && off.strip().equals("0");
      if (firewall.ipv6() != null && (speaksIpv6 || firewall.ipv6().refuses())) {
        inbound.add(firewall.ipv6());
      } else if (speaksIpv6) {
        missing = unread(around, "The evidence has no rules for IPv6", "ip6tables");
      }
    }
    SortedSet<Integer> ports = sshPorts(around);
    return new Ways(inbound, missing, ports, sshRuns(around, ports));
  }

  /** Why a part is not there, with the collector's own words where it has some. */
  static String unread(Surroundings around, String fact, String... parts) {
    List<String> reasons = new ArrayList<>();
    for (String part : parts) {
      String reason = around.notRead().get(part);
      if (reason != null) {
        reasons.add(part + ": " + reason);
      }
    }
    return fact
        + (reasons.isEmpty()
            ? "."
            : ", it could not read them (" + String.join("; ", reasons) + ").");
  }

  private static SortedSet<Integer> sshPorts(Surroundings around) {
    SortedSet<Integer> ports = new TreeSet<>();
    List<Listener> listeners = around.listeners();
    if (listeners != null) {
      listeners.stream()
          .filter(l -> l.isSsh() && l.proto().equals("tcp"))
          .forEach(l -> ports.add(l.port()));
    }
    if (!ports.isEmpty() || around.sshd() == null) {
      return ports;
    }
    for (String word : Objects.toString(around.sshd().get("port"), "").split("\\s+")) {
      if (word.matches("[0-9]{1,5}")) {
        ports.add(Integer.parseInt(word));
      }
    }
    if (listeners != null) {
      ports.removeIf(port -> listeners.stream().noneMatch(l -> isAt(l, port)));
    }
    return ports;
  }

  private static boolean isAt(Listener listener, int port) {
    return listener.proto().equals("tcp") && listener.port() == port;
  }

  /** systemd may wait in its place, so a listener without a better name at its port is enough. */
  private static @Nullable Boolean sshRuns(Surroundings around, SortedSet<Integer> ports) {
    List<Listener> listeners = around.listeners();
    if (listeners == null) {
      return null;
    }
    if (!ports.isEmpty()) {
      return true;
    }
    boolean nameless = listeners.stream().anyMatch(l -> isAt(l, SSH) && l.process() == null);
    return nameless ? null : Boolean.FALSE;
  }

  /** Why a question about the rules has no answer; null where it has one. */
  @Nullable String doubt(Topic topic) {
    if (inbound.isEmpty()) {
      return missing;
    }
    return inbound.stream()
        .map(one -> one.doubt(topic))
        .filter(Objects::nonNull)
        .findFirst()
        .map(Ways::left)
        .orElse(null);
  }

  /** The same where IPv4 alone matters. */
  @Nullable String ipv4Doubt(Topic topic) {
    String why = inbound.isEmpty() ? null : inbound.get(0).doubt(topic);
    return inbound.isEmpty() ? missing : why == null ? null : left(why);
  }

  private static String left(String why) {
    return "The rules leave it open: " + why + ".";
  }

  /** Whether every family refuses what no rule lets in. */
  boolean isRefusing() {
    return !inbound.isEmpty() && inbound.stream().allMatch(Inbound::refuses);
  }

  /** The openings of both families, each once. */
  List<Opening> openings(String proto) {
    Set<Opening> openings = new LinkedHashSet<>();
    inbound.forEach(one -> openings.addAll(one.openings(proto)));
    return List.copyOf(openings);
  }
}
