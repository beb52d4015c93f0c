package dev.palisade.audit.firewall;

import dev.palisade.audit.firewall.Walk.Translated;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out which ports are open by translation: a packet to such a port passes what comes before
 * the translation with its own port, and what comes after it with the new one, as a packet to this
 * host or as one that is forwarded.
 */
final class Translations {

  private static final String IN_PART = "in part";

  private final RuleBook book;
  private final Gate before;
  private final Gate local;
  private final Gate forward;
  private final Map<Topic, String> doubts = new EnumMap<>(Topic.class);

  /** By place: one for everybody, or each for somebody. */
  private final Map<Opening.Place, Set<Opening>> found = new LinkedHashMap<>();

  private int kept;

  Translations(RuleBook book, Gate before, Gate local, Gate forward) {
    this.book = book;
    this.before = before;
    this.local = local;
    this.forward = forward;
  }

  /** The openings without the ports that are translated, and with what these lead to. */
  List<Opening> of(List<Opening> direct, List<Translated> translated) {
    Map<String, Shut> taken = new HashMap<>();
    for (Translated one : translated) {
      Opening ports = one.opening();
      follow(one);
      if (ports.only().isEmpty() && !book.mayBeUntracked()) {
        taken
            .computeIfAbsent(ports.proto(), any -> new Shut())
            .close(ports.proto(), ports.on(), List.of(ports.ports()));
      }
    }
    List<Opening> all = new ArrayList<>();
    for (Opening opening : direct) {
      Shut shut = taken.get(opening.proto());
      if (shut == null) {
        all.add(opening);
        continue;
      }
      book.spend(1 + (opening.ports().to() - opening.ports().from()) / Long.SIZE);
      for (Shut.Piece piece : shut.left(opening.proto(), opening.on(), opening.ports())) {
        String only =
            piece.notOn().isEmpty()
                ? opening.only()
                : Packets.joined(opening.only(), "not on " + String.join(", ", piece.notOn()));
        all.add(with(opening, piece.ports(), opening.on(), only));
      }
    }
    found.values().forEach(all::addAll);
    return all;
  }

  Map<Topic, String> doubts() {
    return doubts;
  }

  private void follow(Translated one) {
    Translation translation = one.translation();
    Topic topic = one.opening().proto().equals("udp") ? Topic.UDP : Topic.TCP;
    for (Opening entry : before.passing(one.opening(), one.opening().ports())) {
      Opening wanted =
          with(
              one.opening(),
              entry.ports(),
              entry.on(),
              Packets.joined(one.opening().only(), entry.only()));
      if (!translation.shown()) {
        hidden(wanted, topic);
        continue;
      }
      Ports to = translation.to() == null ? wanted.ports() : translation.to();
      lead(wanted, local, to, translation.to() == null, false);
      if (!translation.here()) {
        if (forward.doubts().containsKey(topic)) {
          add(wanted);
        } else {
          lead(wanted, forward, to, translation.to() == null, true);
        }
      }
    }
  }

  /** Where the rule leads is not known: only what passes anywhere is certain. */
  private void hidden(Opening wanted, Topic topic) {
    boolean passes = !forward.refuses() && forward.passing(wanted, Ports.ALL).size() == 1;
    if (passes) {
      add(wanted);
    } else {
      doubts.putIfAbsent(
          topic, "%s sends packets on, and where to is not shown".formatted(wanted.by()));
    }
  }

  private void lead(Opening wanted, Gate gate, Ports to, boolean same, boolean forwarded) {
    List<Opening> passing = gate.passing(wanted, to);
    book.spend(1 + passing.size());
    BitSet whole = new BitSet();
    passing.stream()
        .filter(opening -> opening.only().isEmpty())
        .filter(opening -> Objects.equals(opening.on(), wanted.on()))
        .forEach(opening -> whole.set(opening.ports().from(), opening.ports().to() + 1));
    boolean all = whole.nextClearBit(to.from()) > to.to();
    for (Opening opening : passing) {
      if (opening.on() != null && wanted.only().contains("not on " + opening.on())) {
        continue;
      }
      String only = forwarded ? senders(opening.only()) : opening.only();
      if (!same && !all && opening.ports().from() + opening.ports().to() != to.from() + to.to()) {
        only = Packets.joined(only, IN_PART);
      }
      add(
          with(
              wanted,
              same ? opening.ports() : wanted.ports(),
              opening.on(),
              Packets.joined(wanted.only(), only)));
    }
  }

  /**
   * The conditions of a forwarding rule that depend on the sender: those on the place that the
   * packet is translated to, and on the fact that it is translated, hold.
   */
  private static String senders(String only) {
    List<String> kept = new ArrayList<>();
    for (String part : only.split(", ", -1)) {
      boolean holds =
          part.startsWith("to ")
              || part.startsWith("out by ")
              || part.startsWith("by state")
              || part.equals("by ct");
      if (!holds && !part.isEmpty()) {
        kept.add(part);
      }
    }
    return String.join(", ", kept);
  }

  /** Keeps what is open at a place for somebody, unless it is open for everybody. */
  private void add(Opening opening) {
    Set<Opening> here = found.computeIfAbsent(opening.place(), any -> new LinkedHashSet<>());
    boolean everybody = !here.isEmpty() && here.iterator().next().only().isEmpty();
    if (everybody) {
      return;
    }
    if (opening.only().isEmpty()) {
      here.clear();
    } else if (++kept > Openings.MOST) {
      throw new RuleBook.TooMuch("they let in more than " + Openings.MOST + " ranges of ports");
    }
    here.add(opening);
  }

  private static Opening with(Opening opening, Ports ports, @Nullable String on, String only) {
    return new Opening(opening.proto(), ports, on, only, opening.kind(), opening.by());
  }
}
