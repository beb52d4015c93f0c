package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ports that nobody reaches any more: on every interface, or on single interfaces. */
final class Shut {

  /** A range of ports that is still open, and the interfaces on which it is not. */
  record Piece(Ports ports, Set<String> notOn) {}

  private static final List<String> PORTED = List.of("tcp", "udp");
  private static final BitSet NOTHING = new BitSet();

  private final Map<String, BitSet> everywhere = new HashMap<>();

  /** By protocol, then by interface; a trailing {@code *} stands for any rest of a name. */
  private final Map<String, Map<String, BitSet>> single = new HashMap<>();

  Shut copy() {
    Shut copy = new Shut();
    copy.add(this);
    return copy;
  }

  /** Shuts all that the other shuts. */
  void add(Shut other) {
    other.everywhere.forEach((proto, bits) -> bits(proto, null).or(bits));
    other.single.forEach((proto, on) -> on.forEach((name, bits) -> bits(proto, name).or(bits)));
  }

  /** Shuts ports on an interface, or on all of them where it is null. */
  void close(String proto, @Nullable String on, List<Ports> ranges) {
    BitSet bits = bits(proto, on);
    ranges.forEach(range -> bits.set(range.from(), range.to() + 1));
  }

  /** Shuts the ports of packets, on the interfaces that they come by. */
  void close(Packets packets, RuleBook book) {
    Set<String> names = packets.interfaces();
    for (String proto : PORTED) {
      if (packets.mayBe(proto)) {
        for (Ports range : packets.ranges()) {
          book.spend(1 + (range.to() - range.from()) / Long.SIZE);
        }
        if (names == null) {
          close(proto, null, packets.ranges());
        } else {
          names.forEach(name -> close(proto, name, packets.ranges()));
        }
      }
    }
  }

  /** Takes back what is open after all: whoever reaches it, it is not shut. */
  void except(Opening opening) {
    int from = opening.ports().from();
    int to = opening.ports().to() + 1;
    everywhere.getOrDefault(opening.proto(), NOTHING).clear(from, to);
    single
        .getOrDefault(opening.proto(), Map.of())
        .forEach(
            (name, bits) -> {
              if (opening.on() == null
                  || Packets.covers(opening.on(), name)
                  || Packets.covers(name, opening.on())) {
                bits.clear(from, to);
              }
            });
  }

  /** What is left of a range on an interface, or on all of them where it is null. */
  List<Piece> left(String proto, @Nullable String on, Ports range) {
    BitSet shut = everywhere.getOrDefault(proto, NOTHING);
    Map<String, BitSet> partly = single.getOrDefault(proto, Map.of());
    if (partly.isEmpty()) {
      return open(shut, range).stream().map(ports -> new Piece(ports, Set.of())).toList();
    }
    BitSet left = new BitSet();
    open(shut, range).forEach(ports -> left.set(ports.from(), ports.to() + 1));
    BitSet some = new BitSet();
    for (Map.Entry<String, BitSet> entry : partly.entrySet()) {
      if (on == null) {
        some.or(entry.getValue());
      } else if (Packets.covers(entry.getKey(), on)) {
        left.andNot(entry.getValue());
      }
    }
    List<Piece> pieces = new ArrayList<>();
    BitSet rest = (BitSet) left.clone();
    rest.andNot(some);
    Ports.of(rest).forEach(ports -> pieces.add(new Piece(ports, Set.of())));
    left.and(some);
    for (Ports ports : Ports.of(left)) {
      Set<String> names = new TreeSet<>();
      partly.forEach(
          (name, bits) -> {
            int next = bits.nextSetBit(ports.from());
            if (next >= 0 && next <= ports.to()) {
              names.add(name);
            }
          });
      pieces.add(new Piece(ports, names));
    }
    return pieces;
  }

  /** How much there is to look at to find what is left of a range. */
  int cost(String proto, Ports range) {
    int single = this.single.getOrDefault(proto, Map.of()).size();
    return 1 + (range.to() - range.from()) / Long.SIZE + single * (Ports.LAST / Long.SIZE);
  }

  /** The ranges within a range of which no bit is set. */
  private static List<Ports> open(BitSet shut, Ports range) {
    List<Ports> open = new ArrayList<>();
    for (int from = shut.nextClearBit(range.from()); from <= range.to(); ) {
      int next = shut.nextSetBit(from);
      int end = next < 0 ? range.to() : Math.min(range.to(), next - 1);
      open.add(new Ports(from, end));
      from = next < 0 ? range.to() + 1 : shut.nextClearBit(next);
    }
    return open;
  }

  private BitSet bits(String proto, @Nullable String on) {
    return on == null
        ? everywhere.computeIfAbsent(proto, any -> new BitSet())
        : single
            .computeIfAbsent(proto, any -> new TreeMap<>())
            .computeIfAbsent(on, any -> new BitSet());
  }
}
