package dev.palisade.audit;

import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.audit.verdict.VerdictEngine;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.profile.EffectiveProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a version would do to one host, foretold from what the host runs by its newest evidence.
 *
 * @param seenAt when it last sent evidence, or null for never
 * @param changes settings whose running value differs
 * @param already how many settings have the value already
 * @param notKnown of how many the evidence does not say
 * @param risks what may stop working, each with what speaks for it; what locks people out first
 */
public record HostImpact(
    String host,
    Instant seenAt,
    List<Change> changes,
    long already,
    long notKnown,
    List<Risk> risks) {

  private static final String SSH = "services.openssh.";
  private static final String FIREWALL = "networking.firewall.enable";

  /** A running value, and what the version sets instead. */
  public record Change(String key, String from, String to) {}

  /**
   * Something that may stop working.
   *
   * @param lockOut whether it is the way in by which people and the portal reach the host
   * @param evidence what was seen on the host, or that nothing was
   */
  public record Risk(String key, boolean lockOut, String what, String evidence) {}

  /**
   * Foretells it.
   *
   * @param evidence null where the host never sent any
   */
  public static HostImpact foretell(
      String host, Instant seenAt, Evidence evidence, EffectiveProfile profile) {
    List<Expected> expected =
        profile.settings().stream()
            .map(s -> new Expected(s.known(), s.value(), s.layer().slug()))
            .toList();
    List<Judgement> judgements =
        evidence == null
            ? VerdictEngine.withoutEvidence(expected)
            : VerdictEngine.judge(expected, evidence, Deployment.CURRENT);
    List<Change> changes = new ArrayList<>();
    List<Risk> risks = new ArrayList<>(lockOuts(expected));
    profile
        .missing()
        .forEach(
            name ->
                risks.add(
                    new Risk(
                        "${" + name + "}",
                        false,
                        "The host has no value for this parameter, so a rollout refuses it; foretold"
                            + " with "
                            + profile.parameters().get(name).display(),
                        "Its parameters")));
    for (Judgement judged : judgements) {
      if (judged.verdict().group() == VerdictGroup.FAILING) {
        Setting setting = judged.expected().setting();
        String from = judged.effective() == null ? judged.found() : judged.effective();
        changes.add(new Change(setting.key(), from, judged.expected().value().display()));
        if (!setting.breakage().isEmpty()) {
          risks.add(
              new Risk(
                  setting.key(),
                  false,
                  String.join("; ", setting.breakage()),
                  "It runs at " + from + " now."));
        }
      }
    }
    return new HostImpact(
        host,
        seenAt,
        List.copyOf(changes),
        count(judgements, VerdictGroup.HOLDING),
        count(judgements, VerdictGroup.NOT_KNOWN),
        List.copyOf(risks));
  }

  /**
   * Evidence does not speak of listeners yet, so what touches the way in is always worth a look.
   */
  private static List<Risk> lockOuts(List<Expected> expected) {
    String unseen = "The evidence says nothing of listeners.";
    List<Risk> risks = new ArrayList<>();
    for (Expected one : expected) {
      String key = one.setting().key();
      boolean off = one.value().equals(new SettingValue.Bool(false));
      if (off && (key.equals(SSH + "enable") || key.equals(SSH + "openFirewall"))) {
        risks.add(new Risk(key, true, "ssh may no longer be reachable", unseen));
      } else if (key.equals(FIREWALL)
          && !off
          && expected.stream().noneMatch(HostImpact::opensSsh)) {
        risks.add(
            new Risk(
                key,
                true,
                "the firewall closes every port but those that are opened; ssh stays open only while"
                    + " services.openssh.openFirewall is on, its default",
                unseen));
      }
    }
    return risks;
  }

  private static boolean opensSsh(Expected one) {
    return one.setting().key().equals("networking.firewall.allowedTCPPorts")
        && one.value() instanceof SettingValue.Items ports
        && ports.items().contains(new SettingValue.Int(22));
  }

  private static long count(List<Judgement> judgements, VerdictGroup group) {
    return judgements.stream().filter(j -> j.verdict().group() == group).count();
  }
}
