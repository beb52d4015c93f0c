package dev.palisade.audit.verdict;

import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Topic;
import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges the ssh daemon by what it says of itself ({@code sshd -T}) and by where it listens. */
final class SshdVerdicts {

  private static final String START = "services.openssh.";
  private static final String SETTINGS = START + "settings.";
  private static final String SSHD = "sshd";

  /** Two words of the daemon for one thing, and those that NixOS has for it. */
  private static final Map<String, String> SAME =
      Map.of("without-password", "prohibit-password", "all", "yes");

  private final Ways ways;
  private final Surroundings around;

  SshdVerdicts(Ways ways, Surroundings around) {
    this.ways = ways;
    this.around = around;
  }

  Judgement judge(Expected expected) {
    String key = expected.setting().key();
    if (key.startsWith(SETTINGS)) {
      return setting(expected, key.substring(SETTINGS.length()).toLowerCase(Locale.ROOT));
    }
    return switch (key.substring(START.length())) {
      case "enable" ->
          ways.sshRuns() == null
              ? unknown(expected, "The evidence does not tell whether an ssh daemon listens.")
              : OptionValue.ranked(expected, String.valueOf(ways.sshRuns()), "The host");
      case "openFirewall" -> opened(expected);
      case "ports" -> ports(expected);
      case "listenAddresses" -> addresses(expected);
      case "authorizedKeysInHomedir" -> {
        String files = word("authorizedkeysfile");
        yield files == null
            ? unsaid(expected)
            : OptionValue.ranked(
                expected, String.valueOf(files.contains(".ssh/authorized_keys")), SSHD);
      }
      default -> unsaid(expected);
    };
  }

  private @Nullable String word(String name) {
    return around.sshd() == null ? null : around.sshd().get(name);
  }

  private Judgement unsaid(Expected expected) {
    return unknown(
        expected,
        around.sshd() == null
            ? Ways.unread(around, "The evidence has no settings of sshd", SSHD)
            : "What sshd says of itself does not have it.");
  }

  private static Judgement unknown(Expected expected, String why) {
    return OptionValue.unknown(expected, why);
  }

  private Judgement setting(Expected expected, String name) {
    String text = word(name);
    if (text == null) {
      return unsaid(expected);
    }
    if (expected.value() instanceof Items list) {
      return list(expected, list, text);
    }
    if (expected.setting().type() == ValueType.BOOL) {
      return OptionValue.ranked(expected, bool(text), SSHD);
    }
    String found = SAME.getOrDefault(text.toLowerCase(Locale.ROOT), text);
    String asked = expected.value().display();
    boolean same = found.equalsIgnoreCase(SAME.getOrDefault(asked, asked));
    return OptionValue.ranked(expected, same ? asked : found, SSHD);
  }

  private static String bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes" -> "true";
      case "no" -> "false";
      default -> text;
    };
  }

  /** A list of names in any order. None at all may stand for all, so it is never stricter. */
  private static Judgement list(Expected expected, Items wanted, String text) {
    Set<String> found = new LinkedHashSet<>(Arrays.asList(text.strip().split("[\\s,]+")));
    Set<String> asked =
        new LinkedHashSet<>(wanted.items().stream().map(SettingValue::display).toList());
    Items runs = new Items(found.stream().<SettingValue>map(Text::new).toList());
    boolean stricter =
        !text.isBlank() && expected.setting().direction(wanted, runs) == Direction.STRONGER;
    Comparison comparison =
        found.equals(asked) ? Comparison.EQUAL : stricter ? Comparison.BETTER : Comparison.OTHER;
    return OptionValue.judged(expected, String.join(" ", found), comparison, SSHD);
  }

  private Judgement ports(Expected expected) {
    String text = word("port");
    if (text == null && ways.sshPorts().isEmpty()) {
      return unsaid(expected);
    }
    Set<String> found = new LinkedHashSet<>();
    if (text == null) {
      ways.sshPorts().forEach(port -> found.add(String.valueOf(port)));
    } else {
      found.addAll(Arrays.asList(text.strip().split("\\s+")));
    }
    Set<String> asked =
        expected.value() instanceof Items list
            ? new TreeSet<>(list.items().stream().map(SettingValue::display).toList())
            : Set.of();
    return OptionValue.judged(
        expected,
        String.join(" ", found),
        asked.equals(found) ? Comparison.EQUAL : Comparison.OTHER,
        SSHD);
  }

  private Judgement addresses(Expected expected) {
    String text = word("listenaddress");
    if (text == null || !(expected.value() instanceof Items list)) {
      return unsaid(expected);
    }
    List<String> found = Arrays.asList(text.strip().split("\\s+"));
    boolean all =
        list.items().stream()
            .allMatch(item -> found.stream().anyMatch(one -> isAt(one, item.display())));
    boolean onlyThese =
        list.items().isEmpty()
            || found.stream()
                .allMatch(one -> list.items().stream().anyMatch(i -> isAt(one, i.display())));
    return OptionValue.judged(
        expected,
        String.join(" ", found),
        all && onlyThese ? Comparison.EQUAL : Comparison.OTHER,
        SSHD);
  }

  /** Whether a place such as {@code [::1]:22} is at an address with or without a port. */
  private static boolean isAt(String place, String address) {
    int colon = place.lastIndexOf(':');
    String host = colon < 0 ? place : place.substring(0, colon);
    return place.equals(address)
        || host.equals(address)
        || host.replaceAll("[\\[\\]]", "").equals(address);
  }

  /** Whether the daemon's own ports are open on every interface. */
  private Judgement opened(Expected expected) {
    String doubt = ways.doubt(Topic.TCP);
    if (doubt != null) {
      return unknown(expected, doubt);
    }
    if (ways.sshPorts().isEmpty()) {
      return unknown(expected, "The evidence shows no running ssh daemon.");
    }
    return ways.whole(OptionValue.ranked(expected, ways.each(this::opensAll), "The firewall"));
  }

  private boolean opensAll(Inbound inbound) {
    List<Opening> everywhere =
        inbound.openings("tcp").stream().filter(Opening::isEverywhere).toList();
    return ways.sshPorts().stream()
        .allMatch(
            port ->
                everywhere.stream()
                    .anyMatch(o -> o.ports().from() <= port && port <= o.ports().to()));
  }
}
