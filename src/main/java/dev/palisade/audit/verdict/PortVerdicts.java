package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Ports;
import dev.palisade.audit.firewall.Topic;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges lists of open ports. What else is open than approved is named, with who opened it. Fewer
 * open ports are stricter, as in the difference of two versions, and what is closed is named.
 */
final class PortVerdicts {

  private static final int SHOWN = 8;

  private final Ways ways;
  private final Surroundings around;
  private final Approved approved;

  PortVerdicts(Ways ways, Surroundings around, Approved approved) {
    this.ways = ways;
    this.around = around;
    this.approved = approved;
  }

  Judgement judge(Expected expected, PortKey key) {
    String doubt = ways.doubt(key.proto().equals("udp") ? Topic.UDP : Topic.TCP);
    if (doubt == null && key.on() != null) {
      doubt = ways.doubt(Topic.INTERFACES);
    }
    if (doubt != null) {
      return unknown(expected, key, doubt);
    }
    String found = found(expected, key);
    if (!ways.isRefusing()) {
      return Ways.unfiltered(expected, found, around);
    }
    List<String> extra = extra(expected, key);
    List<Ports> missing = missing(expected, key);
    if (!extra.isEmpty()) {
      return Judgement.of(
          expected,
          Verdict.OVERRIDDEN,
          found,
          found,
          "Also open: "
              + listed(extra)
              + "."
              + (missing.isEmpty() ? "" : " " + closed(missing, key)));
    }
    if (!missing.isEmpty()) {
      return ways.whole(
          Judgement.of(
              expected,
              Verdict.STRONGER,
              found,
              found,
              "Fewer ports are open than approved. " + closed(missing, key)));
    }
    return ways.whole(
        Judgement.of(
            expected, Verdict.COMPLIANT, found, found, "Open as approved, and no others."));
  }

  /** What is missing: closed to everybody, or open to some or by one family only. */
  private String closed(List<Ports> missing, PortKey key) {
    BitSet none = Ports.set(missing);
    Set<String> some = new LinkedHashSet<>();
    for (Opening opening : ways.openings(key.proto())) {
      BitSet here = Ports.set(List.of(opening.ports()));
      here.and(Ports.set(missing));
      if (here.isEmpty() || (key.on() != null && !opening.covers(key.on()))) {
        continue;
      }
      none.andNot(here);
      for (Ports range : Ports.of(here)) {
        Opening part =
            new Opening(
                opening.proto(), range, opening.on(), opening.only(), opening.kind(), opening.by());
        some.add(part.words() + (part.isEverywhere() ? " by " + family(part) + " only" : ""));
      }
    }
    String open = some.isEmpty() ? "" : "Not open to everybody: " + listed(List.copyOf(some)) + ".";
    String shut =
        none.isEmpty()
            ? ""
            : "Not open: " + listed(Ports.of(none).stream().map(Ports::words).toList()) + ".";
    return (shut + " " + open).strip();
  }

  /** The address families that have an opening. */
  private String family(Opening part) {
    return ways.families(
        one ->
            one.openings(part.proto()).stream()
                .anyMatch(o -> o.isEverywhere() && !Ports.isApart(o.ports(), part.ports())));
  }

  private static String listed(List<String> words) {
    int more = words.size() - SHOWN;
    return String.join("; ", words.subList(0, Math.min(words.size(), SHOWN)))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  /** Nothing is known of what runs, so what the configuration opens decides as far as it can. */
  private Judgement unknown(Expected expected, PortKey key, String doubt) {
    JsonNode effective = around.effective(expected.setting().key());
    if (effective != null) {
      BitSet open = Ports.set(DeclaredValue.ranges(effective));
      open.andNot(approved.on(key.proto(), key.on()));
      if (key.proto().equals("tcp")) {
        DeclaredValue.ranges(around.effective("services.openssh.ports"))
            .forEach(port -> open.clear(port.from(), port.to() + 1));
        if (around.sshd() == null) {
          open.clear(22);
        }
      }
      if (!open.isEmpty()) {
        return Judgement.of(
            expected,
            Verdict.OVERRIDDEN,
            null,
            null,
            "The host’s own configuration also opens "
                + listed(Ports.of(open).stream().map(Ports::words).toList())
                + ". "
                + doubt);
      }
    }
    return Judgement.of(expected, Verdict.UNKNOWN, null, null, doubt);
  }

  /** What is open and nobody approved, as far as it is to be said at this list. */
  private List<String> extra(Expected expected, PortKey key) {
    Set<String> extra = new LinkedHashSet<>();
    for (Opening opening : ways.openings(key.proto())) {
      String on = opening.on();
      boolean elsewhere = opening.ports().isAll() && on != null && approved.saysTrusted();
      if (!approved.isSaidAt(key, on) || elsewhere || (on != null && approved.trusts(on))) {
        continue;
      }
      BitSet left = Ports.set(List.of(opening.ports()));
      left.andNot(approved.on(key.proto(), on));
      boolean whole = opening.ports().isAll() && !left.isEmpty();
      for (Ports range : whole ? List.of(opening.ports()) : Ports.of(left)) {
        Opening rest =
            new Opening(opening.proto(), range, on, opening.only(), opening.kind(), opening.by());
        extra.add(rest.words() + listener(rest) + ", " + who(rest, key, expected.setting().key()));
      }
    }
    return new ArrayList<>(extra);
  }

  private String listener(Opening opening) {
    List<Listener> listeners = around.listeners();
    if (listeners == null || opening.ports().from() != opening.ports().to()) {
      return "";
    }
    String names =
        listeners.stream()
            .filter(l -> l.proto().equals(opening.proto()) && !l.isLocal())
            .filter(l -> l.port() == opening.ports().from() && l.process() != null)
            .map(Listener::process)
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " (" + names + ")";
  }

  private String who(Opening opening, PortKey key, String name) {
    return switch (opening.kind()) {
      case TEMPORARY -> "for a while, by the set temp-ports";
      case HAND -> "by a rule of its own in the chain " + opening.by();
      case TRANSLATED -> "by " + opening.by();
      case UNFILTERED -> "as nothing is refused";
      case NIXOS -> {
        // Of a list for an interface that nobody approved, the configuration tells nothing.
        boolean told = opening.on() == null || opening.on().equals(key.on());
        JsonNode effective = told ? around.effective(name) : null;
        if (ways.sshPorts().contains(opening.ports().from())
            && opening.ports().from() == opening.ports().to()) {
          yield "by the ssh daemon";
        }
        if (effective == null) {
          yield "by a rule of its firewall";
        }
        BitSet declared = Ports.set(DeclaredValue.ranges(effective));
        boolean all = declared.nextClearBit(opening.ports().from()) > opening.ports().to();
        yield all
            ? "by the host’s own configuration"
            : "by a rule that its configuration does not declare";
      }
    };
  }

  /** What is approved by this very list and not open by one of the families. */
  private List<Ports> missing(Expected expected, PortKey key) {
    BitSet missing = new BitSet();
    for (Inbound inbound : ways.inbound()) {
      BitSet wanted = Ports.set(Approved.ranges(expected.value()));
      inbound.openings(key.proto()).stream()
          .filter(opening -> opening.only().isEmpty())
          .filter(opening -> key.on() == null ? opening.on() == null : opening.covers(key.on()))
          .forEach(opening -> wanted.clear(opening.ports().from(), opening.ports().to() + 1));
      missing.or(wanted);
    }
    return Ports.of(missing);
  }

  /** The open ports of which this list speaks. */
  private String found(Expected expected, PortKey key) {
    Set<String> open = new LinkedHashSet<>();
    List<Ports> wanted = Approved.ranges(expected.value());
    for (Opening opening : ways.openings(key.proto())) {
      boolean single = opening.ports().from() == opening.ports().to();
      boolean here = opening.on() == null ? key.on() == null : opening.on().equals(key.on());
      boolean asked =
          (key.on() == null ? opening.on() == null : opening.covers(key.on()))
              && wanted.stream().anyMatch(ports -> !Ports.isApart(ports, opening.ports()));
      if (asked && !here) {
        open.add(opening.words() + (opening.on() == null ? " on every interface" : ""));
      } else if (asked
          || (here && !(key.ranges() && single))
          || approved.isSaidAt(key, opening.on())) {
        boolean own = key.on() != null && key.on().equals(opening.on());
        open.add((own ? opening.ports().words() : opening.words()));
      }
    }
    if (open.isEmpty()) {
      return "none";
    }
    int more = open.size() - 4 * SHOWN;
    String between = open.stream().anyMatch(words -> words.indexOf(' ') >= 0) ? ", " : " ";
    return open.stream().limit(4 * SHOWN).collect(Collectors.joining(between))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
