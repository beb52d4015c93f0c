package dev.palisade.audit.firewall;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Packets from outside that a rule speaks of. Null stands for any.
 *
 * @param interfaces names, a trailing {@code *} stands for any rest
 * @param protocols {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6} and others
 * @param echo whether ICMP packets among them may be echo requests
 * @param fresh whether a new connection begins with such a packet
 * @param only what else has to hold, in words; empty for nothing
 * @param riddle the part of the rule that is not understood; empty for none
 */
record Packets(
    @Nullable Set<String> interfaces,
    @Nullable Set<String> protocols,
    @Nullable List<Ports> ports,
    boolean echo,
    boolean fresh,
    String only,
    String riddle,
    boolean temporary) {

  static final Packets ANY = new Packets(null, null, null, true, true, "", "", false);
  private static final Packets NONE =
      new Packets(null, Set.of(), null, false, false, "", "", false);

  /** Flags of TCP whose state at the beginning of a connection is certain. */
  private static final Set<String> BEGINNING = Set.of("syn", "ack", "fin", "rst");

  private static final Set<String> SOME_STATES = Set.of("untracked", "dnat", "snat");

  private static final Map<String, String> NAMES =
      Map.of(
          "ipv6-icmp",
          "icmpv6",
          "icmp6",
          "icmpv6",
          "1",
          "icmp",
          "6",
          "tcp",
          "17",
          "udp",
          "58",
          "icmpv6");

  /** The protocols that questions are about, and one that stands for all others. */
  private static final Set<String> KNOWN = Set.of("tcp", "udp", "icmp", "icmpv6", "other");

  private static final int MOST_INTERFACES = 256;
  private static final int LONGEST = 120;

  static Packets none() {
    return NONE;
  }

  static Packets on(Set<String> names) {
    return names.size() > MOST_INTERFACES
        ? riddle("a list of " + names.size() + " interfaces")
        : new Packets(Set.copyOf(names), null, null, true, true, "", "", false);
  }

  /** Of the protocols with these names or numbers. */
  static Packets of(Set<String> protocols) {
    Set<String> named =
        protocols.stream().map(p -> NAMES.getOrDefault(p, p)).collect(Collectors.toSet());
    return new Packets(null, named, null, true, true, "", "", false);
  }

  /** Of any protocol but those with these names or numbers. */
  static Packets ofOthers(Set<String> protocols) {
    Set<String> others = new TreeSet<>(KNOWN);
    protocols.forEach(p -> others.remove(NAMES.getOrDefault(p, p)));
    return new Packets(null, others, null, true, true, "", "", false);
  }

  /**
   * By the state of their connection. It begins as new; some are untracked or translated besides.
   *
   * @param states in lower case
   * @param not whether it is to be another than these
   * @param some what is said of states that only some new connections have
   */
  static Packets inState(Set<String> states, boolean not, String some) {
    if (states.contains("new") != not) {
      return ANY;
    }
    return !not && SOME_STATES.stream().anyMatch(states::contains) ? only(some) : notFresh();
  }

  /**
   * By TCP's flags: those of the mask that are set are just these. A connection begins with SYN,
   * without ACK, FIN and RST; the other flags are its sender's choice.
   *
   * @param not whether they are to be others than these
   */
  static Packets flags(Set<String> mask, Set<String> set, boolean not) {
    Packets tcp = of(Set.of("tcp"));
    if (!BEGINNING.containsAll(mask)) {
      return tcp.and(only("by flags of TCP"));
    }
    boolean begins = set.equals(mask.contains("syn") ? Set.of("syn") : Set.of());
    return begins == not ? tcp.and(notFresh()) : tcp;
  }

  static Packets to(@Nullable String proto, List<Ports> ports) {
    return new Packets(
        null,
        proto == null ? Set.of("tcp", "udp") : Set.of(proto),
        Ports.joined(ports),
        true,
        true,
        "",
        "",
        false);
  }

  static Packets icmp(String proto, boolean echo) {
    return new Packets(null, Set.of(proto), null, echo, true, "", "", false);
  }

  /** Packets of connections that are there already, or of none. */
  static Packets notFresh() {
    return new Packets(null, null, null, true, false, "", "", false);
  }

  static Packets only(String words) {
    return new Packets(null, null, null, true, true, cut(words), "", false);
  }

  static Packets riddle(String part) {
    return new Packets(null, null, null, true, true, "", cut(part), false);
  }

  /**
   * The same packets, as far as it is about who reaches a port at all: everybody but a few senders,
   * and everybody up to a rate, is everybody.
   */
  Packets forMost() {
    for (String part : only.split(", ", -1)) {
      if (!part.startsWith("not from ") && !part.startsWith("up to a ")) {
        return this;
      }
    }
    return new Packets(interfaces, protocols, ports, echo, fresh, "", riddle, temporary);
  }

  Packets temporarily() {
    return new Packets(interfaces, protocols, ports, echo, fresh, only, riddle, true);
  }

  /** Whether it certainly is each packet that it speaks of. */
  boolean isCertain() {
    return only.isEmpty() && riddle.isEmpty() && !temporary;
  }

  boolean isNone() {
    return (protocols != null && protocols.isEmpty())
        || (interfaces != null && interfaces.isEmpty())
        || (ports != null && ports.isEmpty())
        || (interfaces != null && interfaces.equals(Set.of("lo")));
  }

  /** Whether it is every packet from outside. */
  boolean isAny() {
    return interfaces == null
        && protocols == null
        && ports == null
        && echo
        && fresh
        && only.isEmpty()
        && riddle.isEmpty();
  }

  /** Whether it might be every packet from outside, if the part not understood always holds. */
  boolean isRiddleOnly() {
    return !riddle.isEmpty()
        && interfaces == null
        && protocols == null
        && ports == null
        && fresh
        && only.isEmpty();
  }

  boolean mayBe(String proto) {
    return protocols == null || protocols.contains(proto);
  }

  /** Those for which both hold. */
  Packets and(Packets other) {
    if (isAny() && !temporary) {
      return other;
    }
    if (other.isAny() && !other.temporary) {
      return this;
    }
    return new Packets(
        sharedInterfaces(interfaces, other.interfaces),
        shared(protocols, other.protocols),
        sharedPorts(ports, other.ports),
        echo && other.echo,
        fresh && other.fresh,
        joined(only, other.only),
        joined(riddle, other.riddle),
        temporary || other.temporary);
  }

  /** Whether a pattern of names covers a name or another pattern. */
  static boolean covers(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(name);
  }

  private static @Nullable Set<String> sharedInterfaces(
      @Nullable Set<String> one, @Nullable Set<String> other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    Set<String> both = new TreeSet<>();
    one.stream().filter(a -> other.stream().anyMatch(b -> covers(b, a))).forEach(both::add);
    other.stream().filter(b -> one.stream().anyMatch(a -> covers(a, b))).forEach(both::add);
    return both;
  }

  private static @Nullable Set<String> shared(
      @Nullable Set<String> one, @Nullable Set<String> other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    return both;
  }

  private static @Nullable List<Ports> sharedPorts(
      @Nullable List<Ports> one, @Nullable List<Ports> other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Ports.shared(one, other);
  }

  static String joined(String one, String other) {
    return one.isEmpty() || one.equals(other)
        ? other
        : other.isEmpty() ? one : cut(one + ", " + other);
  }

  private static String cut(String words) {
    String line = words.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** The ports as ranges; all of them where none are named. */
  List<Ports> ranges() {
    return ports == null ? List.of(Ports.ALL) : ports;
  }

  /** How much there is to look at to find what these share with others. */
  long cost(Packets other) {
    long pairs =
        interfaces == null || other.interfaces == null
            ? 0
            : (long) interfaces.size() * other.interfaces.size();
    return size() + other.size() + pairs;
  }

  private int size() {
    return 1 + (ports == null ? 0 : ports.size()) + (interfaces == null ? 0 : interfaces.size());
  }
}
