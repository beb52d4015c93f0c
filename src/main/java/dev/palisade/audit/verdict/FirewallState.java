package dev.palisade.audit.verdict;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What evidence says of the packet filter that runs. A ruleset is kept with the evidence and is not
 * read: only the lists of open ports are.
 *
 * @param backend {@code nftables} or {@code iptables}, {@code none} where nothing filters; null
 *     where it is not said
 * @param openTcp ports that are open on every interface; null where it is not said
 * @param openUdp the same for UDP
 * @param fingerprint equal for equal filters, counters left out
 */
public record FirewallState(
    @Nullable String backend,
    @Nullable SortedSet<Integer> openTcp,
    @Nullable SortedSet<Integer> openUdp,
    String fingerprint) {

  private static final Set<String> OFF = Set.of("none", "off", "disabled");

  public FirewallState {
    openTcp = openTcp == null ? null : new TreeSet<>(openTcp);
    openUdp = openUdp == null ? null : new TreeSet<>(openUdp);
  }

  /** Whether nothing is filtered. */
  public boolean isOff() {
    return backend != null && OFF.contains(backend);
  }

  /** Whether anything is known about it. */
  public boolean isKnown() {
    return backend != null || openTcp != null || openUdp != null;
  }

  /** The ports that are open on every interface; null where it is not said. */
  public @Nullable SortedSet<Integer> open(String proto) {
    return proto.equals("udp") ? openUdp : openTcp;
  }
}
