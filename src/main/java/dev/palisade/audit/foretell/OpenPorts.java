package dev.palisade.audit.foretell;

import dev.palisade.audit.verdict.FirewallState;
import dev.palisade.profile.EffectiveSetting;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which ports a host's firewall lets in, now and afterwards. */
final class OpenPorts {

  private static final int SHOWN = 12;

  private final Prospect prospect;
  private final Firewall next;
  private final Firewall present;
  private final @Nullable FirewallState seen;

  OpenPorts(Prospect prospect, Firewall next, Firewall present) {
    this.prospect = prospect;
    this.next = next;
    this.present = present;
    FirewallState firewall = prospect.around().firewall();
    this.seen = firewall != null && firewall.isKnown() ? firewall : null;
  }

  private boolean isOffNow() {
    return seen != null && seen.isOff();
  }

  /**
   * Whether nothing would be filtered: where the release had the firewall on and the host has it
   * off, its own configuration wins, and will again.
   */
  boolean isOffAfter() {
    Boolean on = next.says(Firewall.ENABLE);
    if (on == null) {
      return isOffNow();
    }
    boolean hostWins =
        isOffNow() && prospect.runsPresent() && Boolean.TRUE.equals(present.says(Firewall.ENABLE));
    return !on || hostWins;
  }

  /** Whether others reach the port now, by what was seen or else by what was given. */
  boolean isReached(Listening one) {
    if (isOffNow()) {
      return true;
    }
    SortedSet<Integer> open = seen == null ? null : seen.open(one.proto());
    if (open == null) {
      return wasGiven(one) || !present.opensOn(one.proto(), one.port()).isEmpty();
    }
    return open.contains(one.port()) || !present.opensOn(one.proto(), one.port()).isEmpty();
  }

  /**
   * Whether a way in by IPv4 is left once IPv6 is off: a socket takes it, and the rules let it in
   * now or will.
   */
  boolean isLeftByIpv4(Listening one) {
    return one.places().stream().anyMatch(place -> !place.isIpv6Only())
        && ((seen == null || seen.mayLetIn(false, one.proto(), one.port()))
            || next.opens(one.proto(), one.port())
            || !leftOn(one).isEmpty());
  }

  /** Whether others may reach the port by IPv6 now. */
  boolean isReachedByIpv6(Listening one) {
    return one.places().stream().anyMatch(place -> !place.isIpv4Only())
        && (seen == null || seen.mayLetIn(true, one.proto(), one.port()));
  }

  /** Whether nothing was seen of what is open now. */
  boolean isUnseen(Listening one) {
    return seen == null || (!seen.isOff() && seen.open(one.proto()) == null);
  }

  private boolean wasGiven(Listening one) {
    return present.opens(one.proto(), one.port()) || (one.ssh() && present.opensSsh());
  }

  /** Whether the host's own configuration opens the port: it is open, and nothing given does it. */
  boolean isOpenedByHost(Listening one) {
    SortedSet<Integer> open = seen == null || seen.isOff() ? null : seen.open(one.proto());
    return open != null
        && open.contains(one.port())
        && !wasGiven(one)
        && !next.opens(one.proto(), one.port());
  }

  /** Whether the port is open afterwards wherever the program listens. */
  boolean stays(Listening one) {
    return isOffAfter()
        || next.opens(one.proto(), one.port())
        || (one.ssh() && next.opensSsh())
        || isOpenedByHost(one)
        || coversAll(one);
  }

  /** Whether each of its sockets is bound to an interface on which the port is open. */
  private boolean coversAll(Listening one) {
    Set<String> left = leftOn(one).keySet();
    return !one.places().isEmpty()
        && one.places().stream()
            .allMatch(place -> place.boundTo() != null && left.contains(place.boundTo()));
  }

  /** The host's interfaces on which the port is open afterwards, and the keys that open it. */
  Map<String, String> leftOn(Listening one) {
    Map<String, String> left = new TreeMap<>(next.opensOn(one.proto(), one.port()));
    left.keySet().retainAll(prospect.interfaces());
    left.values().removeAll(supposed());
    return left;
  }

  /** Keys with the example of a parameter that nobody supplied. */
  private Set<String> supposed() {
    Set<String> missing = new HashSet<>(prospect.next().missing());
    return prospect.next().settings().stream()
        .filter(setting -> setting.parameters().stream().anyMatch(missing::contains))
        .map(EffectiveSetting::key)
        .collect(Collectors.toSet());
  }

  /** The interfaces that should let the port in and cannot, as a further sentence. */
  String deadEnds(String proto, int port) {
    Map<String, String> rules = new TreeMap<>(next.opensOn(proto, port));
    Set<String> supposed = supposed();
    if (rules.values().stream().anyMatch(supposed::contains)) {
      return " It would be open on the interface of a parameter that has no value here.";
    }
    rules.keySet().removeAll(prospect.interfaces());
    if (rules.isEmpty()) {
      return "";
    }
    String names = String.join(", ", rules.keySet());
    return prospect.interfaces().isEmpty()
        ? " It would be open on " + names + "; its interfaces are not known."
        : " It would be open on " + names + ", which the host does not have.";
  }

  /** The setting that closes a port. */
  String closedBy(Listening one) {
    boolean newlyOn = isOffNow() && next.says(Firewall.ENABLE) != null;
    return newlyOn ? Firewall.ENABLE : one.proto().equals("udp") ? Firewall.UDP : Firewall.TCP;
  }

  /** What is open now, as a sentence. */
  String words(String proto) {
    if (seen == null) {
      return "Its evidence does not say which ports are open.";
    }
    if (seen.isOff()) {
      return "Nothing filters what comes in now.";
    }
    SortedSet<Integer> open = seen.open(proto);
    if (open == null) {
      return "Its evidence does not say which ports are open.";
    }
    String first = open.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(" "));
    return open.isEmpty()
        ? "No port is open on every interface now."
        : "Open now for " + proto + ": " + first + (open.size() > SHOWN ? " …" : "") + ".";
  }
}
