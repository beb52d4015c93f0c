package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What several base chains let through that follow each other.
 *
 * @param refuses whether packets that no rule lets in are refused
 * @param openings what they let through; empty where they do not refuse the rest
 * @param shut the ports that are closed although the rest is not refused
 */
record Gate(
    boolean refuses,
    boolean rejects,
    boolean ping,
    List<Opening> openings,
    Shut shut,
    Set<String> logged,
    Map<Topic, String> doubts) {

  private static final int MOST_OPENINGS = 20_000;

  static Gate of(RuleBook book, Family family, List<Chain> chains) {
    Shut shut = new Shut();
    Map<Topic, String> doubts = new EnumMap<>(Topic.class);
    List<Chain> refusing = new ArrayList<>();
    boolean ping = true;
    for (Chain base : chains) {
      Walk walk = new Walk(book, family, false, new Shut());
      walk.through(base);
      ping &= walk.ping();
      if (walk.refuses()) {
        refusing.add(base);
      } else {
        shut.add(walk.shut());
        walk.doubts().forEach(doubts::putIfAbsent);
      }
    }
    List<Opening> openings = List.of();
    Set<String> logged = new HashSet<>();
    boolean rejects = false;
    for (Chain base : refusing) {
      Walk walk = new Walk(book, family, false, shut);
      walk.through(base);
      openings =
          base.equals(refusing.get(0)) ? walk.openings() : both(book, openings, walk.openings());
      rejects = walk.rejects();
      logged.addAll(walk.logged());
      walk.doubts().forEach(doubts::putIfAbsent);
    }
    return new Gate(!refusing.isEmpty(), rejects, ping, openings, shut, logged, doubts);
  }

  /** What two chains both let through. */
  private static List<Opening> both(RuleBook book, List<Opening> first, List<Opening> second) {
    Set<Opening> both = new LinkedHashSet<>();
    for (Opening one : first) {
      book.spend(1 + second.size());
      for (Opening other : second) {
        Opening shared = one.proto().equals(other.proto()) ? shared(one, other) : null;
        if (shared != null) {
          both.add(shared);
        }
      }
      if (both.size() > MOST_OPENINGS) {
        throw new RuleBook.TooMuch("they let in more than " + MOST_OPENINGS + " ranges of ports");
      }
    }
    return List.copyOf(both);
  }

  private static @Nullable Opening shared(Opening one, Opening other) {
    Ports ports =
        new Ports(
            Math.max(one.ports().from(), other.ports().from()),
            Math.min(one.ports().to(), other.ports().to()));
    boolean oneIsNarrow = one.on() != null && other.covers(one.on());
    if (ports.from() > ports.to()
        || (one.on() != null
            && other.on() != null
            && !oneIsNarrow
            && !one.covers(Objects.requireNonNull(other.on())))) {
      return null;
    }
    String on = oneIsNarrow || other.on() == null ? one.on() : other.on();
    Opening named = one.ports().isAll() ? other : one;
    return new Opening(
        one.proto(), ports, on, Packets.joined(one.only(), other.only()), named.kind(), named.by());
  }

  /** What of a protocol's ports passes, on any interface. */
  List<Opening> passing(Opening like, Ports ports) {
    List<Opening> passing = new ArrayList<>();
    if (refuses) {
      Opening wanted = new Opening(like.proto(), ports, like.on(), "", like.kind(), like.by());
      for (Opening opening : openings) {
        Opening shared = opening.proto().equals(like.proto()) ? shared(wanted, opening) : null;
        if (shared != null) {
          passing.add(shared);
        }
      }
    } else {
      for (Shut.Piece piece : shut.left(like.proto(), like.on(), ports)) {
        String only = piece.notOn().isEmpty() ? "" : "not on " + String.join(", ", piece.notOn());
        passing.add(
            new Opening(like.proto(), piece.ports(), like.on(), only, like.kind(), like.by()));
      }
    }
    return passing;
  }
}
