package dev.palisade.audit.foretell;

import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictEngine;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.audit.verdict.WrittenSysctls;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.profile.ChangeReading;
import dev.palisade.release.ReleaseRecord.ResolvedSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of each setting: it changes, runs at its value already, is not known, or is not
 * acted upon. Judged twice by the engine that judges releases: as the host runs, and as it would
 * once all of it were written.
 */
final class SettingsForecast {

  private static final Set<String> OPENED = Set.of(Firewall.TCP, Firewall.UDP);

  private final Prospect prospect;
  private final RunningOptions options;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> already = new ArrayList<>();
  private final List<String> notKnown = new ArrayList<>();
  private final List<String> noEffect = new ArrayList<>();
  private final List<Risk> risks = new ArrayList<>();

  private SettingsForecast(Prospect prospect) {
    this.prospect = prospect;
    this.options = new RunningOptions(prospect);
  }

  static SettingsForecast of(Prospect prospect, Catalog catalog) {
    SettingsForecast forecast = new SettingsForecast(prospect);
    forecast.settings();
    prospect.removed().forEach(gone -> forecast.removal(gone, catalog));
    return forecast;
  }

  private void settings() {
    List<Expected> expected = prospect.expected();
    Evidence evidence = prospect.evidence();
    List<Judgement> now =
        evidence == null
            ? VerdictEngine.withoutEvidence(expected)
            : VerdictEngine.judge(expected, evidence, Deployment.CURRENT);
    List<Judgement> then =
        evidence == null
            ? now
            : VerdictEngine.judge(
                expected, WrittenSysctls.over(evidence, expected), Deployment.CURRENT);
    for (int i = 0; i < now.size(); i++) {
      Judgement judged = now.get(i);
      if (judged.verdict() == Verdict.NO_EFFECT) {
        noEffect.add(judged.expected().setting().key());
      } else if (judged.expected().setting().kind() == SettingKind.SYSCTL) {
        sysctl(judged, then.get(i));
      } else {
        option(judged.expected());
      }
    }
  }

  private void sysctl(Judgement now, Judgement then) {
    Expected expected = now.expected();
    String key = expected.setting().key();
    switch (now.verdict()) {
      case COMPLIANT, SHADOWED -> already.add(key);
      case STRONGER, DRIFTED -> {
        String from = now.effective() == null ? now.found() : now.effective();
        change(expected, RunningOptions.typed(expected.setting(), from), Change.Basis.EVIDENCE);
      }
      default -> notKnown.add(key);
    }
    if (then.verdict().group() == VerdictGroup.FAILING) {
      risks.add(Risk.check(key, "Written, it would not be in effect", then.why()));
    }
  }

  /** What is no sysctl: by evidence, else by the release that the host was given. */
  private void option(Expected expected) {
    String key = expected.setting().key();
    SettingValue running = options.of(expected.setting());
    SettingValue given = prospect.before().get(key);
    if (OPENED.contains(key) && running instanceof Items open) {
      openPorts(expected, open, given);
    } else if (running != null) {
      compare(expected, running, Change.Basis.EVIDENCE);
    } else if (given != null && (prospect.runsPresent() || !given.equals(expected.value()))) {
      compare(expected, given, Change.Basis.RELEASE);
    } else if (given == null && prospect.runsPresent() && !isDefault(expected)) {
      change(expected, null, Change.Basis.RELEASE);
    } else {
      notKnown.add(key);
    }
  }

  /** The host's own configuration adds to such a list, so what else is open is no change of it. */
  private void openPorts(Expected expected, Items open, @Nullable SettingValue given) {
    boolean opensNone =
        expected.value() instanceof Items wanted && open.items().containsAll(wanted.items());
    boolean closesNone =
        given == null
            || (given instanceof Items old
                && expected.value() instanceof Items wanted
                && wanted.items().containsAll(old.items()));
    if (opensNone && closesNone) {
      already.add(expected.setting().key());
    } else if (given != null && !given.equals(expected.value())) {
      change(expected, given, Change.Basis.RELEASE);
    } else {
      change(expected, open, Change.Basis.EVIDENCE);
    }
  }

  private static boolean isDefault(Expected expected) {
    Setting.Unset unset = expected.setting().whenUnset();
    return unset != null && expected.value().equals(unset.value());
  }

  private void compare(Expected expected, SettingValue from, Change.Basis basis) {
    if (from.display().equals(expected.value().display())) {
      already.add(expected.setting().key());
    } else {
      change(expected, from.equals(RunningOptions.NOT_SET) ? null : from, basis);
    }
  }

  private void change(Expected expected, @Nullable SettingValue from, Change.Basis basis) {
    Setting setting = expected.setting();
    ChangeReading reading = ChangeReading.of(setting, from, expected.value());
    String shown = from == null ? null : from.display();
    changes.add(
        new Change(
            setting.key(),
            shown,
            expected.value().display(),
            reading.direction(),
            reading.why(),
            basis));
    if (!setting.breakage().isEmpty()) {
      risks.add(
          Risk.check(
              setting.key(),
              "Known to break: " + String.join("; ", setting.breakage()),
              (basis == Change.Basis.EVIDENCE ? "It runs at " : "Its release has ")
                  + (shown == null ? "none" : shown)
                  + " now."));
    }
  }

  private void removal(ResolvedSetting gone, Catalog catalog) {
    Setting known = gone.known(catalog).orElse(null);
    if (known == null) {
      return;
    }
    String running = known.kind() == SettingKind.SYSCTL ? prospect.running(known.key()) : null;
    SettingValue from = running == null ? gone.value() : RunningOptions.typed(known, running);
    ChangeReading reading = ChangeReading.of(known, from, null);
    changes.add(
        new Change(
            known.key(),
            from == null ? null : from.display(),
            null,
            reading.direction(),
            reading.why(),
            running == null ? Change.Basis.RELEASE : Change.Basis.EVIDENCE));
  }

  List<Change> changes() {
    return changes;
  }

  List<String> already() {
    return already;
  }

  List<String> notKnown() {
    return notKnown;
  }

  List<String> noEffect() {
    return noEffect;
  }

  List<Risk> risks() {
    return risks;
  }
}
