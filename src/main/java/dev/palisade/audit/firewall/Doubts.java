package dev.palisade.audit.firewall;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules of one chain leave open, and why; the first reason of each question is kept. */
final class Doubts {

  private final Family family;
  private final Map<Topic, String> reasons = new EnumMap<>(Topic.class);

  Doubts(Family family) {
    this.family = family;
  }

  void add(Topic topic, String why) {
    reasons.putIfAbsent(topic, why);
  }

  /** Adds a doubt to each question that these packets touch. */
  void add(Packets packets, String why) {
    if (packets.mayBe("tcp")) {
      add(Topic.TCP, why);
    }
    if (packets.mayBe("udp")) {
      add(Topic.UDP, why);
    }
    if (packets.mayBe(family.icmp()) && packets.ports() == null) {
      add(Topic.PING, why);
    }
    if (packets.isAny() || packets.isRiddleOnly()) {
      add(Topic.FILTER, why);
    }
  }

  /** Says of a rule that its condition is not understood. */
  static String riddle(Packets packets, String does, @Nullable Chain by) {
    return "a rule"
        + (by == null ? "" : " in " + by.name())
        + " "
        + does
        + " packets by “"
        + packets.riddle()
        + "”, which is not understood";
  }

  boolean has(Topic topic) {
    return reasons.containsKey(topic);
  }

  Map<Topic, String> all() {
    return reasons;
  }
}
