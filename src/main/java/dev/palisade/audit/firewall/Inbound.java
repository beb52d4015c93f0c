package dev.palisade.audit.firewall;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of one address family let in. Only as far as there is no doubt about it.
 *
 * @param refuses whether packets that no rule lets in are refused
 * @param rejects whether they are answered rather than dropped
 * @param ping whether an echo request is answered
 * @param logged the prefixes with which refused packets are logged
 * @param doubts what the rules leave open, and why
 */
public record Inbound(
    boolean refuses,
    boolean rejects,
    List<Opening> openings,
    boolean ping,
    ReversePath reversePath,
    Set<String> logged,
    Map<Topic, String> doubts) {

  public Inbound {
    openings = List.copyOf(openings);
    logged = Set.copyOf(logged);
    doubts = Map.copyOf(doubts);
  }

  /** Of rules that cannot be read. */
  public static Inbound unclear(String why) {
    Map<Topic, String> doubts = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      doubts.put(topic, why);
    }
    return new Inbound(false, false, List.of(), false, ReversePath.NONE, Set.of(), doubts);
  }

  /** Where nothing is refused, so that every port is open. */
  public static Inbound unfiltered(
      boolean ping, ReversePath path, Set<String> logged, Map<Topic, String> doubts) {
    List<Opening> all =
        List.of(
            new Opening("tcp", Ports.ALL, null, "", Opening.Kind.UNFILTERED, ""),
            new Opening("udp", Ports.ALL, null, "", Opening.Kind.UNFILTERED, ""));
    return new Inbound(false, false, all, ping, path, logged, doubts);
  }

  /** Why a question has no answer, or null where it has one. */
  public @Nullable String doubt(Topic topic) {
    return doubts.get(topic);
  }

  /** The doubt about the ports of a protocol. */
  public @Nullable String doubtAbout(String proto) {
    return doubt(proto.equals("udp") ? Topic.UDP : Topic.TCP);
  }

  public List<Opening> openings(String proto) {
    return openings.stream().filter(opening -> opening.proto().equals(proto)).toList();
  }
}
