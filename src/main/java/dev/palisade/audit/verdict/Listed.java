package dev.palisade.audit.verdict;

import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Ports;
import dev.palisade.audit.firewall.ReversePath;
import dev.palisade.audit.firewall.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a sender says of open ports without the rules themselves. */
final class Listed {

  private static final String NO_RULES = "the evidence lists open ports and has no rules";

  private Listed() {}

  /** As much as the lists say; null where there are none and the filter is not said to be off. */
  static @Nullable Inbound inbound(
      @Nullable String backend,
      @Nullable SortedSet<Integer> tcp,
      @Nullable SortedSet<Integer> udp) {
    if (FirewallState.saysOff(backend)) {
      return Inbound.unfiltered(
          true, ReversePath.NONE, Set.of(), Map.of(Topic.REVERSE_PATH, NO_RULES));
    }
    if (tcp == null && udp == null) {
      return null;
    }
    Map<Topic, String> doubts = new EnumMap<>(Topic.class);
    for (Topic topic : List.of(Topic.INTERFACES, Topic.PING, Topic.REVERSE_PATH, Topic.LOGGING)) {
      doubts.put(topic, NO_RULES);
    }
    List<Opening> openings = new ArrayList<>();
    add(openings, "tcp", tcp, doubts, Topic.TCP);
    add(openings, "udp", udp, doubts, Topic.UDP);
    return new Inbound(true, false, openings, false, ReversePath.NONE, Set.of(), doubts);
  }

  private static void add(
      List<Opening> openings,
      String proto,
      @Nullable SortedSet<Integer> ports,
      Map<Topic, String> doubts,
      Topic topic) {
    if (ports == null) {
      doubts.put(topic, "the evidence has no list of open " + proto + " ports");
      return;
    }
    List<Ports> ranges = ports.stream().map(port -> new Ports(port, port)).toList();
    Ports.joined(ranges).stream()
        .map(range -> new Opening(proto, range, null, "", Opening.Kind.NIXOS, ""))
        .forEach(openings::add);
  }
}
