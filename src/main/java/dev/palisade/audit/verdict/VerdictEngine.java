package dev.palisade.audit.verdict;

import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Derives verdicts from evidence. Pure: the same input gives the same verdicts, so they can be
 * recomputed whenever the catalog learns more.
 */
public final class VerdictEngine {

  private static final String OBEYS_FORWARDING = "accept_redirects";

  private final Evidence evidence;
  private final InterfaceValues.Interfaces interfaces;
  private final Deployment deployment;

  private VerdictEngine(Evidence evidence, Deployment deployment) {
    this.evidence = evidence;
    this.interfaces = InterfaceValues.Interfaces.of(evidence);
    this.deployment = deployment;
  }

  /** One judgement per expected setting, in the same order. */
  public static List<Judgement> judge(
      List<Expected> expected, Evidence evidence, Deployment deployment) {
    VerdictEngine engine = new VerdictEngine(evidence, deployment);
    return expected.stream().map(engine::judge).toList();
  }

  /** The judgements on a host that has never sent evidence. */
  public static List<Judgement> withoutEvidence(List<Expected> expected) {
    return expected.stream()
        .map(
            e ->
                e.setting().noEffect() == null
                    ? of(e, Verdict.UNKNOWN, null, null, "The host has not sent evidence yet.")
                    : of(e, Verdict.NO_EFFECT, null, null, e.setting().noEffect()))
        .toList();
  }

  private Judgement judge(Expected expected) {
    Setting setting = expected.setting();
    if (setting.kind() != SettingKind.SYSCTL) {
      return of(
          expected,
          Verdict.UNKNOWN,
          null,
          null,
          "This evidence does not speak of it: a sysctl dump holds running kernel values only.");
    }
    if (setting.key().contains(".*.")) {
      return everyInterface(expected);
    }
    String found = running(setting);
    String idle = idle(setting);
    if (idle != null) {
      return of(expected, Verdict.NO_EFFECT, found, null, idle);
    }
    if (found == null) {
      return missing(expected);
    }
    Judgement judged =
        InterfaceValues.isCombined(setting) ? combined(expected, found) : plain(expected, found);
    return deployment == Deployment.OLDER && judged.verdict().group() == VerdictGroup.FAILING
        ? notDeployed(judged)
        : judged;
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
    if (others.isEmpty()) {
      return of(expected, Verdict.COMPLIANT, asked, asked, "Every interface runs as approved.");
    }
    String worst = others.values().iterator().next();
    Judgement judged =
        new Judgement(
            expected,
            Verdict.DRIFTED,
            worst,
            worst,
            List.copyOf(others.keySet()),
            "Runs at %s, not %s, on %s."
                .formatted(
                    meaning(expected, worst), asked(expected), String.join(", ", others.keySet())),
            null);
    return deployment == Deployment.OLDER ? notDeployed(judged) : judged;
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
      return of(
          expected,
          Verdict.UNREADABLE,
          null,
          null,
          "The key exists but could not be read. Collect the evidence as root.");
    }
    if (setting.rootOnly()) {
      return of(
          expected,
          Verdict.UNREADABLE,
          null,
          null,
          "Only root can read this key, and the evidence does not have it. Collect it as root.");
    }
    String cause =
        setting.key().startsWith("net.netfilter.nf_conntrack")
            ? " It appears once the module nf_conntrack is loaded."
            : "";
    return of(expected, Verdict.ABSENT, null, null, "The running kernel has no such key." + cause);
  }

  private static Judgement plain(Expected expected, String found) {
    return switch (RunningValue.compare(expected.setting(), expected.value(), found)) {
      case EQUAL -> of(expected, Verdict.COMPLIANT, found, found, "Runs as approved.");
      case BETTER ->
          of(
              expected,
              Verdict.STRONGER,
              found,
              found,
              "Runs at %s, which is stricter than %s.".formatted(shown(found), asked(expected)));
      case OTHER ->
          of(
              expected,
              Verdict.DRIFTED,
              found,
              found,
              "Runs at %s, not %s. Nothing on the host explains it in this evidence."
                  .formatted(shown(found), asked(expected)));
    };
  }

  private Judgement combined(Expected expected, String found) {
    OptionalLong all = RunningValue.number(found);
    if (all.isEmpty()) {
      return plain(expected, found);
    }
    InterfaceValues values = InterfaceValues.of(expected.setting(), evidence, interfaces);
    Map<String, Long> effective = values.effective(all.getAsLong());
    List<Map.Entry<String, Long>> faulty =
        effective.entrySet().stream()
            .filter(e -> compare(expected, e.getValue()) == Comparison.OTHER)
            .toList();
    Judgement own = plain(expected, found);
    if (faulty.isEmpty()) {
      return own.verdict().group() == VerdictGroup.HOLDING || effective.isEmpty()
          ? explained(own, orderTrap(expected, all.getAsLong()))
          : drifted(expected, found, effective.values().iterator().next());
    }
    List<String> names = faulty.stream().map(Map.Entry::getKey).toList();
    String worst = String.valueOf(faulty.get(0).getValue());
    if (own.verdict().group() != VerdictGroup.HOLDING) {
      return new Judgement(
          expected,
          Verdict.DRIFTED,
          found,
          worst,
          names,
          "Runs at %s, not %s; in effect on %s is %s.%s"
              .formatted(
                  shown(found),
                  asked(expected),
                  String.join(", ", names),
                  meaning(expected, worst),
                  orderTrap(expected, all.getAsLong())),
          null);
    }
    return new Judgement(
        expected,
        Verdict.SHADOWED,
        found,
        worst,
        names,
        "%s is written, but %s is in effect on %s. %s"
            .formatted(
                asked(expected),
                meaning(expected, worst),
                String.join(", ", names),
                cause(expected.setting())),
        values.globFix(expected.value()));
  }

  private static Comparison compare(Expected expected, long running) {
    return RunningValue.compare(expected.setting(), expected.value(), String.valueOf(running));
  }

  private static Judgement drifted(Expected expected, String found, long effective) {
    return of(
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

  private static Judgement explained(Judgement judgement, String more) {
    return new Judgement(
        judgement.expected(),
        judgement.verdict(),
        judgement.found(),
        judgement.effective(),
        judgement.interfaces(),
        judgement.why() + (judgement.verdict().group() == VerdictGroup.FAILING ? more : ""),
        judgement.fix());
  }

  private static Judgement notDeployed(Judgement judged) {
    return new Judgement(
        judged.expected(),
        Verdict.NOT_DEPLOYED,
        judged.found(),
        judged.effective(),
        judged.interfaces(),
        "The newest evidence is older than the last offer, or of another release; there it was "
            + shown(judged.found() == null ? "" : judged.found())
            + ".",
        null);
  }

  private static Judgement of(
      Expected expected,
      Verdict verdict,
      @Nullable String found,
      @Nullable String effective,
      String why) {
    return new Judgement(expected, verdict, found, effective, List.of(), why, null);
  }

  private static String asked(Expected expected) {
    return meaning(expected, expected.value().display());
  }

  private static String meaning(Expected expected, String value) {
    OptionalLong number = RunningValue.number(value);
    String word =
        number.isPresent()
            ? expected.setting().meaning(new SettingValue.Int(number.getAsLong()))
            : null;
    return word == null ? shown(value) : value + " (" + word + ")";
  }

  private static String shown(String value) {
    String line = value.strip().replaceAll("\\s+", " ");
    return line.length() <= 60 ? line : line.substring(0, 60) + "…";
  }
}
