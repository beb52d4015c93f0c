package dev.palisade.audit.verdict;

import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Ports;
import dev.palisade.audit.firewall.Topic;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What evidence says of the packet filter that runs.
 *
 * @param backend {@code nftables} or {@code iptables}, {@code none} where nothing filters; null
 *     where it is not said
 * @param openTcp ports that are open on every interface; null where it is not known
 * @param openUdp the same for UDP
 * @param ipv4 what the rules let in; null where the evidence has neither rules nor open ports
 * @param ipv6 the same by IPv6; null where the evidence has no rules for it
 * @param fingerprint equal for equal filters, counters left out
 */
public record FirewallState(
    @Nullable String backend,
    @Nullable SortedSet<Integer> openTcp,
    @Nullable SortedSet<Integer> openUdp,
    @Nullable Inbound ipv4,
    @Nullable Inbound ipv6,
    String fingerprint) {

  private static final Set<String> OFF = Set.of("none", "off", "disabled");

  /** More ports than this are no list that people look at. */
  private static final int MOST_OPEN = 5_000;

  public FirewallState {
    openTcp = openTcp == null ? null : new TreeSet<>(openTcp);
    openUdp = openUdp == null ? null : new TreeSet<>(openUdp);
  }

  /** Of evidence with rules, which decide: what the sender made of them itself does not count. */
  static FirewallState ofRules(
      @Nullable String backend, Inbound ipv4, @Nullable Inbound ipv6, String fingerprint) {
    return new FirewallState(
        backend, everywhere(ipv4, "tcp"), everywhere(ipv4, "udp"), ipv4, ipv6, fingerprint);
  }

  private static @Nullable SortedSet<Integer> everywhere(Inbound inbound, String proto) {
    if (!inbound.refuses() || inbound.doubtAbout(proto) != null) {
      return null;
    }
    List<Ports> open =
        inbound.openings(proto).stream().filter(Opening::isEverywhere).map(Opening::ports).toList();
    BitSet ports = Ports.set(open);
    return ports.cardinality() > MOST_OPEN
        ? null
        : ports.stream().boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether nothing is filtered. */
  public boolean isOff() {
    if (ipv4 != null && ipv4.doubt(Topic.FILTER) == null && ipv4.doubt(Topic.TCP) == null) {
      return !ipv4.refuses();
    }
    return saysOff(backend);
  }

  static boolean saysOff(@Nullable String backend) {
    return backend != null && OFF.contains(backend);
  }

  /** Whether anything is known about it. */
  public boolean isKnown() {
    return backend != null || openTcp != null || openUdp != null;
  }

  /** The ports that are open on every interface; null where it is not known. */
  public @Nullable SortedSet<Integer> open(String proto) {
    return proto.equals("udp") ? openUdp : openTcp;
  }

  /** Whether the rules of one family let a port in; taken for true where they are not known. */
  public boolean mayLetIn(boolean byIpv6, String proto, int port) {
    Inbound rules = byIpv6 ? ipv6 : ipv4;
    return rules == null
        || !rules.refuses()
        || rules.doubtAbout(proto) != null
        || rules.openings(proto).stream()
            .anyMatch(o -> o.ports().from() <= port && port <= o.ports().to());
  }
}
