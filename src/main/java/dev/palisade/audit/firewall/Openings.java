package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The openings of one chain as they are found, and who made each. */
final class Openings {

  /** More openings than this are not collected. */
  static final int MOST = 20_000;

  /** The chain in which NixOS accepts for all of its rules. */
  static final String ACCEPTING = "nixos-fw-accept";

  private static final String NIXOS_TABLE = "nixos-fw";

  /** Chains into which NixOS writes what its options say. */
  private static final Set<String> NIXOS = Set.of("nixos-fw", "input", "input-allow");

  /** Interfaces of containers, which NixOS lets ask for an address. */
  private static final Set<String> CONTAINERS = Set.of("ve-*", "vz-*", "vt-*", "ns-*");

  private final Set<Opening> openings = new LinkedHashSet<>();

  /** Where the openings are that ask for nothing else. */
  private final Set<Opening.Place> open = new HashSet<>();

  /** Adds what is not open to everybody anyway. */
  void add(Opening opening) {
    if (opening.only().isEmpty()) {
      open.add(opening.place());
    } else if (open.contains(opening.place())) {
      return;
    }
    if (openings.size() >= MOST) {
      throw new RuleBook.TooMuch("they let in more than " + MOST + " ranges of ports");
    }
    openings.add(opening);
  }

  /** What the rules before have not shut of the ports of some packets. */
  static List<Opening> pieces(
      RuleBook book, Shut closed, String proto, Packets packets, Opening.Kind kind, String by) {
    List<Opening> pieces = new ArrayList<>();
    Set<String> names = packets.interfaces();
    for (Ports range : packets.ranges()) {
      for (String on : names == null ? Collections.<@Nullable String>singleton(null) : names) {
        if ("lo".equals(on)) {
          continue;
        }
        book.spend(closed.cost(proto, range));
        for (Shut.Piece piece : closed.left(proto, on, range)) {
          String only =
              piece.notOn().isEmpty()
                  ? packets.only()
                  : Packets.joined(packets.only(), "not on " + String.join(", ", piece.notOn()));
          pieces.add(new Opening(proto, piece.ports(), on, only, kind, by));
        }
      }
    }
    return pieces;
  }

  /** Who made an opening: NixOS, or somebody by hand. */
  static Opening.Kind kind(Packets packets, Chain by, Chain at) {
    boolean nixos =
        packets.only().isEmpty()
            && NIXOS.contains(by.name())
            && (by.table().equals(NIXOS_TABLE) || at.name().equals(ACCEPTING));
    return packets.temporary()
        ? Opening.Kind.TEMPORARY
        : nixos ? Opening.Kind.NIXOS : Opening.Kind.HAND;
  }

  List<Opening> list() {
    return List.copyOf(openings);
  }

  /** What NixOS lets in always: requests for addresses by containers, and answers to DHCPv6. */
  static boolean isOwn(Packets packets) {
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
}
