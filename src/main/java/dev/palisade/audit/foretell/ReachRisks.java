package dev.palisade.audit.foretell;

import dev.palisade.audit.verdict.Listener;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.ListenAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who could no longer reach the host, and whether the host could still reach the portal. Port lists
 * of NixOS merge, so what the host's own configuration opens stays open: a port closes where the
 * present release or the ssh daemon opened it, or where nothing was filtered before.
 */
final class ReachRisks {

  private static final int SSH = 22;
  private static final String KEEP_IPV6 =
      "Leave IPv6 on for this host, or have it answer at an IPv4 address first.";
  private static final String KEEP_SSH = "Leave " + Firewall.SSH_ENABLE + " on.";

  private final Prospect prospect;
  private final Firewall next;
  private final Firewall present;
  private final OpenPorts ports;
  private final List<Risk> risks = new ArrayList<>();

  private ReachRisks(Prospect prospect) {
    this.prospect = prospect;
    this.next = new Firewall(prospect.after());
    this.present = new Firewall(prospect.before());
    this.ports = new OpenPorts(prospect, next, present);
  }

  static List<Risk> of(Prospect prospect) {
    ReachRisks reach = new ReachRisks(prospect);
    reach.wayOut();
    List<Listener> listeners = prospect.around().listeners();
    if (listeners == null) {
      reach.unseen();
    } else {
      reach.seen(Listening.of(listeners, prospect.around().sshd()));
    }
    reach.risks.addAll(SignInRisks.of(prospect));
    return reach.risks;
  }

  private void wayOut() {
    if (prospect.turns(Firewall.OUTPUT, true)) {
      risks.add(
          Risk.lockOut(
              Firewall.OUTPUT,
              "The host would not reach the portal any more: what leaves it is dropped unless a"
                  + " rule lets it out",
              "No setting here lets it out, and evidence does not speak of the host’s own rules.",
              "Leave " + Firewall.OUTPUT + " out of what is rolled out to it."));
    }
  }

  private void seen(List<Listening> listening) {
    List<Listening> ssh = listening.stream().filter(Listening::ssh).toList();
    String ipv6Off = Ipv6Switch.turnedOffBy(prospect).orElse(null);
    for (Listening one : listening) {
      if (!one.ssh()) {
        if (ipv6Off != null && ports.isReachedByIpv6(one) && !ports.isLeftByIpv4(one)) {
          lostWithIpv6(one, ipv6Off);
        } else {
          service(one);
        }
      }
    }
    if (ssh.isEmpty()) {
      return;
    }
    String seen = seen(ssh.get(0));
    if (prospect.turns(Firewall.SSH_ENABLE, false)) {
      risks.add(Risk.lockOut(Firewall.SSH_ENABLE, "ssh would be turned off", seen, KEEP_SSH));
      return;
    }
    if (onlyLocal(prospect.after().get(Firewall.SSH_ADDRESSES))
        && !onlyLocal(prospect.before().get(Firewall.SSH_ADDRESSES))) {
      risks.add(
          Risk.lockOut(
              Firewall.SSH_ADDRESSES,
              "ssh would answer the host itself only",
              seen,
              "Name an address there that people reach."));
      return;
    }
    String ssh6Off = ipv6Off != null ? ipv6Off : Ipv6Switch.leftOutBySsh(prospect).orElse(null);
    if (ssh6Off != null
        && ssh.stream().anyMatch(ports::isReachedByIpv6)
        && ssh.stream().noneMatch(ports::isLeftByIpv4)) {
      risks.add(
          Risk.lockOut(
              ssh6Off,
              "ssh would be cut off: it is reached by IPv6 only, which is turned off",
              seen,
              KEEP_IPV6));
      return;
    }
    if (onlyIpv6(prospect.after().get(Firewall.SSH_ADDRESSES))
        && (ipv6Off != null || Ipv6Switch.isOffNow(prospect))) {
      risks.add(
          Risk.lockOut(
              Firewall.SSH_ADDRESSES,
              "ssh would answer at IPv6 addresses only, and IPv6 is off",
              seen,
              "Name an IPv4 address there, or leave IPv6 on."));
      return;
    }
    SortedSet<Integer> moved = new TreeSet<>(next.sshPorts());
    ssh.forEach(one -> moved.remove(one.port()));
    boolean moves =
        !next.sshPorts().isEmpty()
            && ssh.stream().noneMatch(one -> next.sshPorts().contains(one.port()));
    if (moves) {
      moved(ssh, moved.first(), seen);
    } else {
      ssh(ssh);
    }
  }

  /** Every port of the ssh daemon that is reached now, and what becomes of it. */
  private void ssh(List<Listening> ssh) {
    boolean stays = ssh.stream().anyMatch(one -> ports.stays(one));
    for (Listening one : ssh) {
      if (ports.isReached(one) && !ports.stays(one)) {
        Map<String, String> left = ports.leftOn(one);
        if (!left.isEmpty()) {
          risks.add(
              Risk.check(
                  sshKey(),
                  "ssh would be reached on " + ForwardingRisks.shown(left.keySet()) + " only",
                  seen(one)));
        } else if (stays) {
          risks.add(
              Risk.breakage(sshKey(), "Port " + one.name() + " of ssh would close", seen(one)));
        } else {
          risks.add(
              Risk.lockOut(
                  sshKey(),
                  "ssh would be cut off: port "
                      + one.name()
                      + " closes and no other way in is open",
                  seen(one) + ports.deadEnds(one.proto(), one.port()),
                  sshCure(one.port())));
        }
      }
    }
  }

  private void moved(List<Listening> ssh, int port, String seen) {
    Listening there = new Listening("tcp", port, true, ssh.get(0).process(), ssh.get(0).places());
    if (ports.stays(there) || !ports.leftOn(there).isEmpty()) {
      risks.add(
          Risk.breakage(
              Firewall.SSH_PORTS, "ssh would answer at port " + port + " and nowhere else", seen));
    } else {
      risks.add(
          Risk.lockOut(
              Firewall.SSH_PORTS,
              "ssh would move to port " + port + ", which is not open",
              seen + ports.deadEnds("tcp", port),
              sshCure(port)));
    }
  }

  private void service(Listening one) {
    if (ports.stays(one)) {
      if (ports.isOpenedByHost(one) && next.speaksOf(one.proto())) {
        risks.add(
            Risk.check(
                "udp".equals(one.proto()) ? Firewall.UDP : Firewall.TCP,
                "Port "
                    + one.name()
                    + " is not among those that this opens; it stays open only while"
                    + " the host’s own configuration opens it",
                seen(one)));
      }
      return;
    }
    if (!ports.isReached(one)) {
      if (ports.isUnseen(one) && prospect.turns(Firewall.ENABLE, true)) {
        risks.add(
            Risk.check(
                Firewall.ENABLE,
                "Port "
                    + one.name()
                    + " would close, if nothing filters it now and the host’s own configuration"
                    + " does not open it",
                seen(one)));
      }
      return;
    }
    Map<String, String> left = ports.leftOn(one);
    String key = ports.closedBy(one);
    if (!left.isEmpty()) {
      risks.add(
          Risk.check(
              key,
              "Port "
                  + one.name()
                  + " would be open on "
                  + ForwardingRisks.shown(left.keySet())
                  + " only",
              seen(one)));
    } else {
      closed(one, key);
    }
  }

  /** A port in use that closes: grave where it is a way to the host, or the portal's own. */
  private void closed(Listening one, String key) {
    String tunnel = Tunnel.of(one, prospect).orElse(null);
    String seen = seen(one) + ports.deadEnds(one.proto(), one.port());
    if (prospect.isPortalAt(one)) {
      risks.add(
          Risk.lockOut(
              key,
              "Hosts and people would not reach this portal, which answers here at port "
                  + one.name(),
              seen,
              cure(one)));
    } else if (tunnel != null) {
      risks.add(
          Risk.lockOut(
              key,
              tunnel + " would be cut off: its port " + one.name() + " closes",
              seen,
              cure(one)));
    } else {
      risks.add(Risk.breakage(key, "Port " + one.name() + " is in use and would close", seen(one)));
    }
  }

  /**
   * Without listeners nobody knows who would be cut off; what touches the way in is said anyway.
   */
  private void unseen() {
    String unseen = prospect.unseen("listeners");
    if (prospect.turns(Firewall.SSH_ENABLE, false)) {
      risks.add(Risk.lockOut(Firewall.SSH_ENABLE, "ssh would be turned off", unseen, KEEP_SSH));
    } else if (present.opensSsh() && !next.opensSsh() && !ports.isOffAfter()) {
      int port = next.sshPorts().isEmpty() ? SSH : next.sshPorts().first();
      Listening guess = new Listening("tcp", port, true, null, List.of());
      Map<String, String> left = ports.leftOn(guess);
      if (!left.isEmpty()) {
        risks.add(
            Risk.check(
                Firewall.SSH_OPEN,
                "ssh would be reached on " + ForwardingRisks.shown(left.keySet()) + " only",
                unseen));
      } else if (!next.opens("tcp", port)) {
        risks.add(
            Risk.lockOut(
                Firewall.SSH_OPEN,
                "ssh may be cut off: its port closes and no other way in is open",
                unseen + ports.deadEnds("tcp", port),
                sshCure(port)));
      }
    }
    Ipv6Switch.turnedOffBy(prospect)
        .ifPresent(
            key ->
                risks.add(
                    Risk.check(key, "Whoever reaches it by IPv6 alone would be cut off", unseen)));
    if (prospect.turns(Firewall.ENABLE, true)) {
      risks.add(
          Risk.check(
              Firewall.ENABLE,
              "Every port closes that neither this nor the host’s own configuration opens; whether"
                  + " one of them is in use is not known",
              unseen));
    }
  }

  /** A port in use that nobody reaches once IPv6 is off. */
  private void lostWithIpv6(Listening one, String key) {
    String name =
        prospect.isPortalAt(one)
            ? "This portal, which answers here at port " + one.name() + ","
            : Tunnel.of(one, prospect).orElse(null);
    String seen = one.words();
    risks.add(
        name == null
            ? Risk.breakage(
                key, "Port " + one.name() + " is reached by IPv6 only, which is turned off", seen)
            : Risk.lockOut(
                key,
                name + " would be cut off: it is reached by IPv6 only, which is turned off",
                seen,
                KEEP_IPV6));
  }

  private String sshKey() {
    return Boolean.FALSE.equals(next.says(Firewall.SSH_OPEN)) ? Firewall.SSH_OPEN : Firewall.ENABLE;
  }

  private String sshCure(int port) {
    return cure("tcp", port)
        + (Boolean.FALSE.equals(next.says(Firewall.SSH_OPEN))
            ? " Or leave " + Firewall.SSH_OPEN + " on."
            : "");
  }

  private static String cure(Listening one) {
    return cure(one.proto(), one.port());
  }

  private static String cure(String proto, int port) {
    return "Open port %d in %s of one of its profiles, or only for an interface that it has."
        .formatted(port, "udp".equals(proto) ? Firewall.UDP : Firewall.TCP);
  }

  private String seen(Listening one) {
    return one.words() + " " + ports.words(one.proto());
  }

  private static boolean onlyLocal(@Nullable SettingValue value) {
    return all(value, Listener::isLocal);
  }

  private static boolean onlyIpv6(@Nullable SettingValue value) {
    return all(value, Listener::isIpv6Only);
  }

  private static boolean all(@Nullable SettingValue value, Predicate<Listener> test) {
    return value instanceof Items list
        && !list.items().isEmpty()
        && list.items().stream()
            .allMatch(
                item ->
                    item instanceof ListenAddress address
                        && test.test(new Listener("tcp", address.addr(), 0, null)));
  }
}
