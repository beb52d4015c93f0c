package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a new connection from outside through one base chain of the input hook. A port counts as
 * open where somebody reaches it: rules that refuse some senders only do not close it.
 */
final class Walk {

  private static final int MOST_DEPTH = 16;
  private static final int MOST_OPENINGS = 20_000;
  private static final List<String> PORTED = List.of("tcp", "udp");
  private static final String ACCEPTING = "nixos-fw-accept";
  private static final String NIXOS_TABLE = "nixos-fw";

  /** Chains into which NixOS writes what its options say. */
  private static final Set<String> NIXOS = Set.of("nixos-fw", "input", "input-allow");

  /** Interfaces of containers, which NixOS lets ask for an address. */
  private static final Set<String> CONTAINERS = Set.of("ve-*", "vz-*", "vt-*", "ns-*");

  private final RuleBook book;
  private final Family family;
  private final Map<String, BitSet> closed = new HashMap<>();
  private final Set<Opening> openings = new LinkedHashSet<>();

  /** Where the openings are that ask for nothing else. */
  private final Set<Opening.Place> open = new HashSet<>();

  private final Set<String> logged = new HashSet<>();
  private final Map<Topic, String> doubts = new EnumMap<>(Topic.class);

  /** Doubts about what is let in, which say nothing where all is let in anyway. */
  private final Map<Topic, String> letIn = new EnumMap<>(Topic.class);

  /** Doubts about a refusal that some packets go round, which say nothing where all is refused. */
  private final Map<Topic, String> goneRound = new EnumMap<>(Topic.class);

  private boolean refuses;
  private boolean rejects;
  private @Nullable Boolean ping;

  Walk(RuleBook book, Family family, Map<String, BitSet> closedBefore) {
    this.book = book;
    this.family = family;
    PORTED.forEach(
        proto ->
            closed.put(proto, (BitSet) closedBefore.getOrDefault(proto, new BitSet()).clone()));
  }

  /** Walks the whole chain. */
  void through(Chain base) {
    if (!chain(base, Packets.ANY, base, 0, true)) {
      refuses = base.drops();
    }
    if (ping == null) {
      ping = !refuses;
    }
  }

  /**
   * Follows packets through a chain; whether each of them was let in or refused.
   *
   * @param everybody whether none of them has gone round this chain
   */
  private boolean chain(Chain chain, Packets through, Chain origin, int depth, boolean everybody) {
    if (depth > MOST_DEPTH) {
      throw new RuleBook.TooMuch("chains call each other more than " + MOST_DEPTH + " deep");
    }
    boolean whole = everybody;
    for (Rule rule : chain.rules()) {
      book.spend(through.cost(rule.packets()));
      Packets packets = through.and(rule.packets());
      if (packets.isNone() || !packets.fresh()) {
        continue;
      }
      boolean all = rule.packets().isAny();
      switch (rule.act()) {
        case ACCEPT -> accept(packets, chain.name().equals(ACCEPTING) ? origin : chain, chain);
        case DROP, REJECT -> refuse(packets, rule.act() == Rule.Act.REJECT, whole, chain);
        case RETURN -> {
          if (all) {
            return false;
          }
          leave(packets);
          whole = false;
        }
        case JUMP, GOTO -> {
          boolean decided = jump(rule, packets, chain, depth, whole);
          if (all && (decided || rule.act() == Rule.Act.GOTO)) {
            return decided && whole;
          }
          if (rule.act() == Rule.Act.GOTO && !decided) {
            leave(packets);
            whole = false;
          }
        }
        case LOG -> Filter.log(rule, chain, logged, doubts);
        case RIDDLE -> doubt(packets, "a rule in " + chain.name() + " is not understood");
      }
      if (all && isEnd(rule.act())) {
        return whole;
      }
    }
    return false;
  }

  private static boolean isEnd(Rule.Act act) {
    return act == Rule.Act.ACCEPT || act == Rule.Act.DROP || act == Rule.Act.REJECT;
  }

  private boolean jump(Rule rule, Packets packets, Chain from, int depth, boolean everybody) {
    Chain target = book.find(from.table(), String.valueOf(rule.target()));
    if (target == null) {
      doubt(packets, "a rule in " + from.name() + " goes on in " + rule.target());
      return false;
    }
    return chain(target, packets, from, depth + 1, everybody);
  }

  private void accept(Packets packets, Chain by, Chain at) {
    if (packets.isAny()) {
      return;
    }
    if (!packets.riddle().isEmpty()) {
      doubt(letIn, packets, riddle(packets, "lets in", by));
      return;
    }
    for (String proto : PORTED) {
      if (packets.mayBe(proto) && !isOwn(packets)) {
        open(proto, packets, by, at);
      }
    }
    boolean forPing =
        packets.mayBe(family.icmp())
            && packets.echo()
            && (packets.interfaces() == null || packets.protocols() != null);
    if (forPing && packets.ports() == null && ping == null) {
      ping = true;
    }
  }

  private void open(String proto, Packets packets, Chain by, Chain at) {
    List<Ports> ranges = left(packets.ranges(), closed.getOrDefault(proto, new BitSet()));
    boolean nixos =
        packets.only().isEmpty()
            && NIXOS.contains(by.name())
            && (by.table().equals(NIXOS_TABLE) || at.name().equals(ACCEPTING));
    Opening.Kind kind =
        packets.temporary()
            ? Opening.Kind.TEMPORARY
            : nixos ? Opening.Kind.NIXOS : Opening.Kind.HAND;
    for (Ports range : ranges) {
      if (packets.interfaces() == null) {
        add(new Opening(proto, range, null, packets.only(), kind, by.name()));
      } else {
        for (String name : packets.interfaces()) {
          if (!name.equals("lo")) {
            add(new Opening(proto, range, name, packets.only(), kind, by.name()));
          }
        }
      }
    }
  }

  /** The ports that no rule before shut. */
  private List<Ports> left(List<Ports> ranges, BitSet shut) {
    if (shut.isEmpty()) {
      return ranges;
    }
    List<Ports> left = new ArrayList<>();
    for (Ports range : ranges) {
      book.spend(1 + (range.to() - range.from()) / Long.SIZE);
      for (int from = shut.nextClearBit(range.from()); from <= range.to(); ) {
        int next = shut.nextSetBit(from);
        int end = next < 0 ? range.to() : Math.min(range.to(), next - 1);
        left.add(new Ports(from, end));
        from = next < 0 ? range.to() + 1 : shut.nextClearBit(next);
      }
    }
    return left;
  }

  /** Adds what is not open to everybody anyway. */
  private void add(Opening opening) {
    if (opening.only().isEmpty()) {
      open.add(opening.place());
    } else if (open.contains(opening.place())) {
      return;
    }
    if (openings.size() >= MOST_OPENINGS) {
      throw new RuleBook.TooMuch("they let in more than " + MOST_OPENINGS + " ranges of ports");
    }
    openings.add(opening);
  }

  /** What NixOS lets in always: requests for addresses by containers, and answers to DHCPv6. */
  private static boolean isOwn(Packets packets) {
    List<Ports> ports = packets.ports();
    if (ports == null || !Set.of("udp").equals(packets.protocols()) || ports.size() != 1) {
      return false;
    }
    Set<String> names = packets.interfaces();
    return (ports.get(0).equals(new Ports(67, 67))
            && names != null
            && CONTAINERS.containsAll(names))
        || (ports.get(0).equals(new Ports(546, 546)) && packets.only().equals("to fe80::/64"));
  }

  /** Shuts what the rule refuses to everybody; what some go round, or some meet, stays open. */
  private void refuse(Packets packets, boolean rejecting, boolean whole, Chain at) {
    if (!whole) {
      doubt(goneRound, packets, "some packets go round what " + at.name() + " refuses");
      return;
    }
    if (packets.isAny()) {
      refuses = true;
      rejects = rejecting;
      if (ping == null) {
        ping = false;
      }
      return;
    }
    if (!packets.only().isEmpty() || packets.temporary()) {
      return;
    }
    if (!packets.riddle().isEmpty()) {
      doubt(packets, riddle(packets, "refuses", null));
      return;
    }
    if (packets.interfaces() != null) {
      doubt(packets, "a rule refuses packets on " + String.join(", ", packets.interfaces()));
      return;
    }
    for (String proto : PORTED) {
      BitSet shut = closed.get(proto);
      if (shut != null && packets.mayBe(proto)) {
        for (Ports range : packets.ranges()) {
          book.spend(1 + (range.to() - range.from()) / Long.SIZE);
          shut.set(range.from(), range.to() + 1);
        }
      }
    }
    if (packets.mayBe(family.icmp()) && packets.echo() && packets.ports() == null && ping == null) {
      ping = false;
    }
  }

  /**
   * Some packets skip the rest of a chain. Where that depends on who sends them, what follows is
   * not refused to everybody; else it is not worked out.
   */
  private void leave(Packets packets) {
    if (packets.only().isEmpty()) {
      doubt(packets, "some packets leave a chain early");
    }
  }

  private static String riddle(Packets packets, String does, @Nullable Chain by) {
    return "a rule"
        + (by == null ? "" : " in " + by.name())
        + " "
        + does
        + " packets by “"
        + packets.riddle()
        + "”, which is not understood";
  }

  private void doubt(Packets packets, String why) {
    doubt(doubts, packets, why);
  }

  private void doubt(Map<Topic, String> known, Packets packets, String why) {
    if (packets.mayBe("tcp")) {
      known.putIfAbsent(Topic.TCP, why);
    }
    if (packets.mayBe("udp")) {
      known.putIfAbsent(Topic.UDP, why);
    }
    if (packets.mayBe(family.icmp()) && packets.ports() == null) {
      known.putIfAbsent(Topic.PING, why);
    }
    if (packets.isAny() || packets.isRiddleOnly()) {
      known.putIfAbsent(Topic.FILTER, why);
    }
  }

  boolean refuses() {
    return refuses;
  }

  boolean rejects() {
    return rejects;
  }

  boolean ping() {
    return Boolean.TRUE.equals(ping);
  }

  List<Opening> openings() {
    return List.copyOf(openings);
  }

  Set<String> logged() {
    return logged;
  }

  Map<Topic, String> doubts() {
    Map<Topic, String> all = new EnumMap<>(Topic.class);
    all.putAll(doubts);
    if (refuses) {
      letIn.forEach(all::putIfAbsent);
    }
    return all;
  }

  /** Doubts that count only where no other chain refuses what comes. */
  Map<Topic, String> doubtsIfOpen() {
    return goneRound;
  }

  /**
   * The ports that this chain shuts for everybody: let in to nobody before, for all that is known.
   */
  Map<String, BitSet> shut() {
    Map<String, BitSet> shut = new HashMap<>();
    closed.forEach(
        (proto, bits) -> {
          BitSet left = (BitSet) bits.clone();
          openings.stream()
              .filter(opening -> opening.proto().equals(proto))
              .forEach(opening -> left.clear(opening.ports().from(), opening.ports().to() + 1));
          if (!letIn.containsKey(proto.equals("tcp") ? Topic.TCP : Topic.UDP)) {
            shut.put(proto, left);
          }
        });
    return shut;
  }
}
