package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Topic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

  private static final String IPV6 = "net.ipv6.conf.";
  private static final String DISABLED = ".disable_ipv6";
  private static final String ENABLE = "networking.firewall.enable";
  private static final int SSH = 22;

  static Ways of(Evidence evidence, InterfaceValues.Interfaces interfaces) {
    Surroundings around = evidence.around();
    FirewallState firewall = around.firewall();
    List<Inbound> inbound = new ArrayList<>();
    String missing = null;
    if (firewall == null || firewall.ipv4() == null) {
      missing = unread(around, "The evidence has no firewall rules", "nft", "iptables");
    } else {
      Inbound ipv4 = firewall.ipv4();
      Inbound ipv6 = firewall.ipv6();
      inbound.add(ipv4);
      Boolean speaks = speaksIpv6(evidence, interfaces);
      boolean mayCount = speaks == null ? !ipv4.refuses() : speaks;
      if (ipv6 != null && (mayCount || ipv6.refuses())) {
        inbound.add(ipv6);
      } else if (speaks == null || speaks) {
        missing =
            ipv6 == null
                ? unread(around, "The evidence has no rules for IPv6", "ip6tables")
                : "The rules for IPv6 refuse nothing, and the evidence does not say that it is"
                    + " off.";
      }
    }
    SortedSet<Integer> ports = sshPorts(around);
    return new Ways(inbound, missing, ports, sshRuns(around, ports));
  }

  /** Whether an interface has IPv6 on; null where the evidence does not say. */
  private static @Nullable Boolean speaksIpv6(
      Evidence evidence, InterfaceValues.Interfaces interfaces) {
    List<OptionalLong> off =
        Stream.concat(Stream.of("all"), interfaces.of(IPV6).stream())
            .map(nic -> evidence.sysctl().getOrDefault(IPV6 + nic + DISABLED, ""))
            .map(RunningValue::number)
            .filter(OptionalLong::isPresent)
            .toList();
    if (off.contains(OptionalLong.of(0))) {
      return true;
    }
    boolean isOff = Ipv6State.switchedOffBy(evidence.around()) != null;
    return (off.isEmpty() && !isOff) ? null : Boolean.FALSE;
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

  /**
   * Why the rules that are known leave a question open; null where they answer it. What fails by
   * one family fails; of what holds, see {@link #whole}.
   */
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

  /** The judgement by the rules that are known: that a thing holds takes those of each family. */
  Judgement whole(Judgement judged) {
    return missing == null || judged.verdict().group() != VerdictGroup.HOLDING
        ? judged
        : OptionValue.unknown(judged.expected(), missing);
  }

  private static String left(String why) {
    return "The rules leave it open: " + why + ".";
  }

  /** Whether the rules of each family have something, in a word; of two that differ, in more. */
  String each(Predicate<Inbound> holds) {
    boolean every = inbound.stream().allMatch(holds);
    boolean some = inbound.stream().anyMatch(holds);
    return every == some ? String.valueOf(every) : "true for one of IPv4 and IPv6";
  }

  /** The names of the families whose rules have something; IPv4 comes first. */
  String families(Predicate<Inbound> holds) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < inbound.size(); i++) {
      if (holds.test(inbound.get(i))) {
        names.add(i == 0 ? "IPv4" : "IPv6");
      }
    }
    return String.join(" and ", names);
  }

  /** Whether every family refuses what no rule lets in. */
  boolean isRefusing() {
    return !inbound.isEmpty() && inbound.stream().allMatch(Inbound::refuses);
  }

  /** The judgement on what a firewall is to keep out, where nothing is refused. */
  static Judgement unfiltered(Expected expected, String found, Surroundings around) {
    JsonNode enable = around.effective(ENABLE);
    boolean declaredOff = enable != null && enable.asText().equals("false");
    return Judgement.of(
        expected,
        declaredOff ? Verdict.OVERRIDDEN : Verdict.DRIFTED,
        found,
        found,
        "Every port is open: nothing refuses what comes in"
            + (declaredOff ? ", as the host’s own configuration turns the firewall off." : "."));
  }

  /** The openings of both families, each once. */
  List<Opening> openings(String proto) {
    Set<Opening> openings = new LinkedHashSet<>();
    inbound.forEach(one -> openings.addAll(one.openings(proto)));
    return List.copyOf(openings);
  }
}
