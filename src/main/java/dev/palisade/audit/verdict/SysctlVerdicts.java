package dev.palisade.audit.verdict;

import static dev.palisade.audit.verdict.ValueWords.asked;
import static dev.palisade.audit.verdict.ValueWords.meaning;
import static dev.palisade.audit.verdict.ValueWords.shown;

import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.Architecture;
import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Judges running kernel values, combined as the kernel does. */
final class SysctlVerdicts {

  private static final String CONNTRACK = "net.netfilter.nf_conntrack";
  private static final String OBEYS_FORWARDING = "accept_redirects";

  private final Evidence evidence;
  private final InterfaceValues.Interfaces interfaces;
  private final DumpCoverage coverage;

  SysctlVerdicts(Evidence evidence, InterfaceValues.Interfaces interfaces) {
    this.evidence = evidence;
    this.interfaces = interfaces;
    this.coverage = new DumpCoverage(evidence);
  }

  Judgement judge(Expected expected) {
    Setting setting = expected.setting();
    if (setting.key().contains(".*.")) {
      return everyInterface(expected);
    }
    String found = running(setting);
    String idle = idle(setting);
    if (idle != null) {
      return Judgement.of(expected, Verdict.NO_EFFECT, found, null, idle);
    }
    if (found == null) {
      return missing(expected);
    }
    InterfaceValues values = InterfaceValues.of(setting, evidence, interfaces);
    return values == null ? plain(expected, found) : combined(expected, found, values);
  }

  /** A glob key: systemd-sysctl writes it to each matching key, so each must hold it. */
  private Judgement everyInterface(Expected expected) {
    String key = expected.setting().key();
    String start = key.substring(0, key.indexOf('*'));
    String end = key.substring(key.indexOf('*') + 1);
    Map<String, String> others = new TreeMap<>();
    boolean any = false;
    for (Map.Entry<String, String> running : evidence.sysctl().entrySet()) {
      String name = running.getKey();
      if (name.startsWith(start)
          && name.endsWith(end)
          && name.length() > start.length() + end.length()) {
        any = true;
        if (RunningValue.compare(expected.setting(), expected.value(), running.getValue())
            == Comparison.OTHER) {
          others.put(
              name.substring(start.length(), name.length() - end.length()),
              running.getValue().strip());
        }
      }
    }
    if (!any) {
      return missing(expected);
    }
    String asked = expected.value().display();
    if (others.isEmpty()
        && interfaces.of(start).isEmpty()
        && !evidence.sysctl().containsKey(start + "default" + end)) {
      return OptionValue.unknown(
          expected, "This dump has the value of all, and of no interface by itself.");
    }
    if (others.isEmpty()) {
      return Judgement.of(
          expected, Verdict.COMPLIANT, asked, asked, "Every interface runs as approved.");
    }
    String worst = others.values().iterator().next();
    return Judgement.on(
        List.copyOf(others.keySet()),
        expected,
        Verdict.DRIFTED,
        worst,
        worst,
        "Runs at %s, not %s, on %s."
            .formatted(
                meaning(expected, worst), asked(expected), String.join(", ", others.keySet())),
        null);
  }

  private @Nullable String running(Setting setting) {
    String own = evidence.sysctl().get(setting.key());
    String value =
        own == null && setting.alias() != null ? evidence.sysctl().get(setting.alias()) : own;
    return value == null ? null : value.strip();
  }

  private @Nullable String idle(Setting setting) {
    if (setting.noEffect() != null) {
      return setting.noEffect();
    }
    Setting.Condition condition = setting.noEffectWhile();
    if (condition == null) {
      return null;
    }
    String other = evidence.sysctl().get(condition.key());
    OptionalLong number = other == null ? OptionalLong.empty() : RunningValue.number(other);
    return number.isPresent() && condition.values().contains(number.getAsLong())
        ? condition.why()
        : null;
  }

  private Judgement missing(Expected expected) {
    Setting setting = expected.setting();
    if (evidence.unreadable().contains(setting.key())) {
      return Judgement.of(
          expected,
          Verdict.UNREADABLE,
          null,
          null,
          "The key exists, but the evidence has no one value of it: it could not be read, or stands"
              + " there more than once. Collect the evidence as root, of one host at a time.");
    }
    String cause = cause(setting.key());
    if (cause != null) {
      return Judgement.of(expected, Verdict.ABSENT, null, null, cause);
    }
    if (!coverage.covers(setting)) {
      return OptionValue.unknown(expected, notCovered(setting));
    }
    return setting.rootOnly()
        ? Judgement.of(
            expected,
            Verdict.UNREADABLE,
            null,
            null,
            "Only root can read this key, and the evidence does not have it. Collect it as root.")
        : Judgement.of(
            expected,
            Verdict.ABSENT,
            null,
            null,
            "The running kernel has no such key."
                + (setting.key().startsWith(CONNTRACK)
                    ? " It appears once the module nf_conntrack is loaded."
                    : ""));
  }

  private String notCovered(Setting setting) {
    String key = setting.key();
    return key.startsWith("net.") && !setting.perNamespace() && coverage.isOfANamespace(key)
        ? "This dump does not have it. It was taken of a part of the keys, or inside a network"
            + " namespace, where this key is not shown."
        : "This dump does not have it, nor all of the keys beside it, so it was taken of a part"
            + " of the keys.";
  }

  /** Why the kernel has no such key, where the evidence shows it. */
  private @Nullable String cause(String key) {
    String off = Ipv6State.switchedOffBy(evidence.around());
    if (key.startsWith("net.ipv6.") && off != null) {
      return "IPv6 is switched off by "
          + off
          + " on the kernel’s command line, so there is nothing to protect.";
    }
    Set<String> modules = evidence.around().modules();
    boolean shown = evidence.sysctl().keySet().stream().anyMatch(k -> k.startsWith(CONNTRACK));
    return key.startsWith(CONNTRACK)
            && modules != null
            && !modules.contains("nf_conntrack")
            && !shown
        ? "The module nf_conntrack is not loaded; the key appears once it is."
        : null;
  }

  private Judgement plain(Expected expected, String found) {
    return switch (RunningValue.compare(expected.setting(), expected.value(), found)) {
      case EQUAL -> Judgement.of(expected, Verdict.COMPLIANT, found, found, "Runs as approved.");
      case BETTER ->
          Judgement.of(
              expected,
              Verdict.STRONGER,
              found,
              found,
              "Runs at "
                  + shown(found)
                  + (RunningValue.isAsGood(expected.setting(), expected.value(), found)
                      ? ", which counts as good as "
                      : ", which is stricter than ")
                  + asked(expected)
                  + ".");
      case OTHER ->
          Judgement.of(
              expected,
              Verdict.DRIFTED,
              found,
              found,
              "Runs at "
                  + shown(found)
                  + ", not "
                  + asked(expected)
                  + ". "
                  + refusal(expected).orElse(ValueWords.UNEXPLAINED));
    };
  }

  /** That the host's own architecture does not take the value, where its evidence names it. */
  private Optional<String> refusal(Expected expected) {
    Setting setting = expected.setting();
    String machine = evidence.around().kernel().architecture();
    return Optional.ofNullable(machine)
        .flatMap(Architecture::of)
        .filter(own -> !setting.bounds().on().isEmpty())
        .filter(own -> !setting.architecturesThatAccept(expected.value()).contains(own))
        .map(
            own ->
                "The kernel of %s takes %d to %d and refused the value."
                    .formatted(
                        own.code(), setting.boundsOn(own).min(), setting.boundsOn(own).max()));
  }

  private Judgement combined(Expected expected, String found, InterfaceValues values) {
    OptionalLong all = RunningValue.number(found);
    if (all.isEmpty()) {
      return plain(expected, found);
    }
    Map<String, Long> effective = values.effective(all.getAsLong());
    List<Map.Entry<String, Long>> faulty =
        effective.entrySet().stream()
            .filter(e -> compare(expected, e.getValue()) == Comparison.OTHER)
            .toList();
    Judgement own = plain(expected, found);
    if (own.verdict().group() == VerdictGroup.HOLDING
        && effective.isEmpty()
        && values.mayBeOtherwise(all.getAsLong(), value -> compare(expected, value))) {
      return OptionValue.unknown(
          expected,
          "The evidence shows no interface, and each may have another value in effect: "
              + expected.setting().combine().words()
              + ".");
    }
    if (faulty.isEmpty()) {
      return own.verdict().group() == VerdictGroup.HOLDING || effective.isEmpty()
          ? explained(own, orderTrap(expected, all.getAsLong()))
          : drifted(expected, found, effective.values().iterator().next());
    }
    List<String> names = faulty.stream().map(Map.Entry::getKey).toList();
    String worst = String.valueOf(faulty.get(0).getValue());
    if (own.verdict().group() != VerdictGroup.HOLDING) {
      return Judgement.on(
          names,
          expected,
          Verdict.DRIFTED,
          found,
          worst,
          "Runs at %s, not %s; in effect on %s is %s.%s"
              .formatted(
                  shown(found),
                  asked(expected),
                  String.join(", ", names),
                  meaning(expected, worst),
                  orderTrap(expected, all.getAsLong())),
          null);
    }
    return Judgement.on(
        names,
        expected,
        Verdict.SHADOWED,
        found,
        worst,
        "%s is written, but %s is in effect on %s. %s"
            .formatted(
                asked(expected),
                meaning(expected, worst),
                String.join(", ", names),
                cause(expected.setting())),
        values.globFix(expected.value()));
  }

  private static Comparison compare(Expected expected, long running) {
    return RunningValue.compareInEffect(
        expected.setting(), expected.value(), String.valueOf(running));
  }

  private static Judgement drifted(Expected expected, String found, long effective) {
    return Judgement.of(
        expected,
        Verdict.DRIFTED,
        found,
        String.valueOf(effective),
        "Runs at %s, not %s. Every interface has %s in effect for now, by its own value."
            .formatted(
                shown(found), asked(expected), meaning(expected, String.valueOf(effective))));
  }

  private static String cause(Setting setting) {
    return switch (setting.combine()) {
      case MAX ->
          "The kernel takes the greater of all and the interface"
              + (setting.key().endsWith(".rp_filter")
                  ? ", and systemd's own 50-default.conf writes 2 to each interface."
                  : ".");
      case MIN -> "The kernel takes the lesser of all and the interface.";
      case OR -> "The kernel acts when either all or the interface says so.";
      case AND -> "The kernel acts only when both all and the interface say so.";
      case BROADCAST -> "Writing all set every interface once; these were changed afterwards.";
      case OR_UNLESS_FORWARDING ->
          "While an interface does not forward, either all or the interface is enough.";
      case INTERFACE_ONLY, NONE -> "The kernel never reads all for this setting.";
    };
  }

  /** Why a redirect key that was written as 0 runs at 1. */
  private String orderTrap(Expected expected, long all) {
    boolean trapped =
        expected.setting().combine() == CombineRule.OR_UNLESS_FORWARDING
            && expected.setting().key().endsWith(OBEYS_FORWARDING)
            && all == 1
            && "0"
                .equals(evidence.sysctl().getOrDefault("net.ipv4.conf.all.forwarding", "").strip());
    return trapped
        ? " When forwarding goes from 1 to 0 the kernel puts this key back to 1, and keys are"
            + " written in name order: this one first."
        : "";
  }

  private static Judgement explained(Judgement judged, String more) {
    return judged.verdict().group() == VerdictGroup.FAILING
        ? judged.as(judged.verdict(), judged.why() + more)
        : judged;
  }
}
