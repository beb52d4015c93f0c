package dev.palisade.audit.verdict;

import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.ReversePath;
import dev.palisade.audit.firewall.Topic;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Judges what is asked of the firewall besides its open ports. */
final class FirewallVerdicts {

  private static final String RULES = "The running firewall";
  private static final String LOGS_PACKETS = "refused packet: ";

  private final Ways ways;
  private final Surroundings around;

  FirewallVerdicts(Ways ways, Surroundings around) {
    this.ways = ways;
    this.around = around;
  }

  Judgement judge(Expected expected) {
    return switch (expected.setting().key()) {
      case "networking.firewall.allowPing" -> ping(expected);
      case "networking.firewall.backend" -> backend(expected, false);
      case "networking.nftables.enable" -> backend(expected, true);
      default -> ways.whole(byEachFamily(expected));
    };
  }

  private Judgement byEachFamily(Expected expected) {
    return switch (expected.setting().key()) {
      case "networking.firewall.enable" -> enabled(expected);
      case "networking.firewall.checkReversePath" -> reversePath(expected);
      case "networking.firewall.logReversePathDrops" -> logs(expected, "rpfilter drop: ");
      case "networking.firewall.logRefusedConnections" -> logs(expected, "refused connection: ");
      case "networking.firewall.logRefusedPackets" -> logs(expected, LOGS_PACKETS);
      case "networking.firewall.logRefusedUnicastsOnly" -> unicastsOnly(expected);
      case "networking.firewall.rejectPackets" ->
          all(expected, Topic.FILTER, inbound -> inbound.refuses() && inbound.rejects());
      case Approved.TRUSTED -> trusted(expected);
      default -> OptionValue.unknown(expected, "What runs does not show this option by itself.");
    };
  }

  private Judgement enabled(Expected expected) {
    String doubt = ways.doubt(Topic.FILTER);
    if (doubt != null) {
      return OptionValue.unknown(expected, doubt);
    }
    boolean some = ways.inbound().stream().anyMatch(Inbound::refuses);
    Judgement judged = OptionValue.ranked(expected, String.valueOf(ways.isRefusing()), RULES);
    return some && !ways.isRefusing()
        ? judged.as(judged.verdict(), judged.why() + " Only one of IPv4 and IPv6 is filtered.")
        : judged;
  }

  /** NixOS answers ICMPv6 always, so the option is about IPv4 alone. */
  private Judgement ping(Expected expected) {
    String doubt = ways.ipv4Doubt(Topic.PING);
    if (doubt != null) {
      return OptionValue.unknown(expected, doubt);
    }
    return OptionValue.ranked(expected, String.valueOf(ways.inbound().get(0).ping()), RULES);
  }

  private Judgement reversePath(Expected expected) {
    String doubt = ways.doubt(Topic.REVERSE_PATH);
    if (doubt != null) {
      return OptionValue.unknown(expected, doubt);
    }
    ReversePath weakest =
        ways.inbound().stream()
            .map(Inbound::reversePath)
            .min(Comparator.naturalOrder())
            .orElse(ReversePath.NONE);
    String asked = expected.value().display();
    String found = weakest == ReversePath.STRICT && asked.equals("true") ? asked : weakest.option();
    return OptionValue.ranked(expected, found, RULES);
  }

  private Judgement logs(Expected expected, String prefix) {
    return all(expected, Topic.LOGGING, inbound -> inbound.logged().contains(prefix));
  }

  private Judgement unicastsOnly(Expected expected) {
    boolean logs =
        ways.inbound().stream().anyMatch(inbound -> inbound.logged().contains(LOGS_PACKETS));
    if (ways.doubt(Topic.LOGGING) == null && !logs) {
      return OptionValue.unknown(
          expected, "The rules show it only while refused packets are logged, and they are not.");
    }
    return all(
        expected, Topic.LOGGING, inbound -> !inbound.logged().contains("refused broadcast: "));
  }

  private Judgement all(Expected expected, Topic topic, Predicate<Inbound> holds) {
    String doubt = ways.doubt(topic);
    if (doubt != null) {
      return OptionValue.unknown(expected, doubt);
    }
    return OptionValue.ranked(expected, ways.each(holds), RULES);
  }

  private Judgement trusted(Expected expected) {
    String doubt = ways.doubt(Topic.TCP);
    if (doubt == null) {
      doubt = ways.doubt(Topic.INTERFACES);
    }
    if (doubt != null || !(expected.value() instanceof Items wanted)) {
      return OptionValue.unknown(expected, String.valueOf(doubt));
    }
    if (!ways.isRefusing()) {
      return Ways.unfiltered(expected, "every interface", around);
    }
    Set<String> found = new TreeSet<>();
    ways.inbound().forEach(inbound -> found.addAll(trusted(inbound)));
    Set<String> asked = new TreeSet<>(wanted.items().stream().map(SettingValue::display).toList());
    asked.remove("lo");
    String shown = found.isEmpty() ? "none but lo" : String.join(" ", found);
    Set<String> extra = new TreeSet<>(found);
    extra.removeAll(asked);
    asked.removeIf(
        name -> ways.inbound().stream().allMatch(inbound -> trusted(inbound).contains(name)));
    if (!extra.isEmpty()) {
      return Judgement.of(
          expected,
          Verdict.OVERRIDDEN,
          shown,
          shown,
          "Everything comes in by " + String.join(", ", extra) + " as well.");
    }
    return ways.whole(
        asked.isEmpty()
            ? Judgement.of(
                expected, Verdict.COMPLIANT, shown, shown, RULES + " trusts these alone.")
            : Judgement.of(
                expected,
                Verdict.STRONGER,
                shown,
                shown,
                "Fewer interfaces are trusted than approved: not "
                    + String.join(", ", asked)
                    + "."));
  }

  private static Set<String> trusted(Inbound inbound) {
    Set<String> trusted = new HashSet<>();
    for (Opening opening : inbound.openings("tcp")) {
      if (opening.ports().isAll() && opening.on() != null && opening.only().isEmpty()) {
        trusted.add(opening.on());
      }
    }
    return trusted;
  }

  private Judgement backend(Expected expected, boolean asSwitch) {
    FirewallState firewall = around.firewall();
    @Nullable String backend = firewall == null ? null : firewall.backend();
    if (backend == null || firewall == null || firewall.isOff()) {
      return OptionValue.unknown(expected, "The evidence does not say by what it filters.");
    }
    return OptionValue.ranked(
        expected, asSwitch ? String.valueOf(backend.equals("nftables")) : backend, RULES);
  }
}
