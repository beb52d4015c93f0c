package dev.palisade.audit.verdict;

import dev.palisade.catalog.Setting;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Derives verdicts from evidence. Pure: the same input gives the same verdicts, so they can be
 * recomputed whenever the catalog learns more. What runs decides; what the host's configuration
 * declares explains it, and stands in where nothing is known of what runs.
 */
public final class VerdictEngine {

  private static final String NOT_FETCHED =
      "The host never fetched the release: unless somebody carried it there, rebuild the host with"
          + " it first.";

  private final Evidence evidence;
  private final InterfaceValues.Interfaces interfaces;
  private final SysctlVerdicts sysctls;
  private final PortVerdicts ports;
  private final FirewallVerdicts firewall;
  private final SshdVerdicts sshd;
  private final BootVerdicts boot;
  private final Explanation explanation;
  private final Deployment deployment;

  private VerdictEngine(
      List<Expected> expected, List<Expected> waived, Evidence evidence, Deployment deployment) {
    this.evidence = evidence;
    this.interfaces = InterfaceValues.Interfaces.of(evidence);
    Ways ways = Ways.of(evidence, interfaces);
    this.sysctls = new SysctlVerdicts(evidence, interfaces);
    this.ports = new PortVerdicts(ways, evidence.around(), Approved.of(expected, ways));
    this.firewall = new FirewallVerdicts(ways, evidence.around());
    this.sshd = new SshdVerdicts(ways, evidence.around());
    this.boot = new BootVerdicts(evidence, deployment);
    this.explanation =
        new Explanation(
            evidence.around().profile(),
            waived.stream().collect(Collectors.toMap(e -> e.setting().key(), Function.identity())));
    this.deployment = deployment;
  }

  /** One judgement per expected setting, in the same order. */
  public static List<Judgement> judge(
      List<Expected> expected, Evidence evidence, Deployment deployment) {
    return judgeAsked(expected, List.of(), evidence, deployment);
  }

  /**
   * The same by what versions ask for, on a host whose release goes by waivers.
   *
   * @param waived what the release has by them in place of some that are asked for
   */
  public static List<Judgement> judgeAsked(
      List<Expected> expected, List<Expected> waived, Evidence evidence, Deployment deployment) {
    VerdictEngine engine = new VerdictEngine(expected, waived, evidence, deployment);
    return expected.stream().map(engine::judge).toList();
  }

  /** The judgements on a host that has never sent evidence. */
  public static List<Judgement> withoutEvidence(List<Expected> expected) {
    return expected.stream()
        .map(
            e ->
                e.setting().noEffect() == null
                    ? Judgement.of(
                        e, Verdict.UNKNOWN, null, null, "The host has not sent evidence yet.")
                    : Judgement.of(e, Verdict.NO_EFFECT, null, null, e.setting().noEffect()))
        .toList();
  }

  private Judgement judge(Expected expected) {
    Judgement judged = running(expected);
    boolean older =
        deployment == Deployment.OLDER
            && (judged.verdict().group() == VerdictGroup.FAILING
                || judged.verdict().group() == VerdictGroup.WAITING);
    return older
        ? explanation.told(notDeployed(judged))
        : explained(explanation.of(judged, deployment));
  }

  /** Where the release may never have reached the host, that is the likeliest reason. */
  private Judgement explained(Judgement judged) {
    return deployment == Deployment.BY_HAND && judged.verdict().group() == VerdictGroup.FAILING
        ? judged.as(
            judged.verdict(),
            judged.why().replace(ValueWords.UNEXPLAINED, "").strip() + " " + NOT_FETCHED)
        : judged;
  }

  private Judgement running(Expected expected) {
    Setting setting = expected.setting();
    return switch (setting.kind()) {
      case SYSCTL -> sysctls.judge(expected);
      case KERNEL_PARAM -> boot.parameter(expected);
      case MODULE_BLACKLIST -> boot.blocked(expected);
      case NIXOS_OPTION -> option(expected);
    };
  }

  private Judgement option(Expected expected) {
    String key = expected.setting().key();
    PortKey list = PortKey.of(key);
    if (list != null) {
      return ports.judge(expected, list);
    }
    if (key.startsWith("networking.firewall.") || key.startsWith("networking.nftables.")) {
      return firewall.judge(expected);
    }
    if (key.startsWith("services.openssh.")) {
      return sshd.judge(expected);
    }
    return key.equals("networking.enableIPv6")
        ? Ipv6State.judge(expected, evidence, interfaces)
        : boot.option(expected);
  }

  private static Judgement notDeployed(Judgement judged) {
    return judged.as(
        Verdict.NOT_DEPLOYED,
        "The newest evidence is older than the last offer, or of another release; there it was "
            + ValueWords.shown(judged.found() == null ? "not set" : judged.found())
            + ".");
  }
}
