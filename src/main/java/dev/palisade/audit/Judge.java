package dev.palisade.audit;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.palisade.audit.ReleaseEvidence.Proven;
import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictEngine;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseFetched;
import dev.palisade.release.ReleaseOffered;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Derives a host's findings anew: when evidence comes, and when something else is expected of the
 * host. Works inside the transaction of whoever asks.
 */
@ApplicationScoped
public class Judge {

  @Inject private Reports reports;
  @Inject private Releases releases;
  @Inject private Findings findings;
  @Inject private ReleaseEvidences evidences;
  @Inject private Catalog catalog;
  @Inject private Event<HostJudged> judged;
  @Inject private Clock clock;

  void on(@Observes ReleaseOffered event) {
    judgeAgain(event.offer());
  }

  /** From its first fetch on, what the host sent before is told to be from before. */
  void on(@Observes ReleaseFetched event) {
    Offer fetched = event.offer();
    releases
        .lastOffer(fetched.getHost())
        .filter(offer -> offer.getNumber() == fetched.getNumber())
        .ifPresent(this::judgeAgain);
  }

  private void judgeAgain(Offer offer) {
    Host host = offer.getHost();
    reports.serialise(host);
    Optional<CheckIn> newest = reports.newest(host);
    judge(offer, newest.orElse(null), newest.map(c -> c.report().read()).orElse(null));
  }

  /** Judges a host by evidence that it just sent. */
  public void judge(Host host, CheckIn checkIn, Evidence evidence) {
    releases.lastOffer(host).ifPresent(offer -> judge(offer, checkIn, evidence));
  }

  private void judge(Offer offer, CheckIn checkIn, Evidence evidence) {
    Host host = offer.getHost();
    ReleaseRecord content = offer.getRelease().content();
    List<Expected> expected = JudgedWaiver.expected(content, catalog);
    if (checkIn == null) {
      List<JudgedWaiver> waived = JudgedWaiver.of(content, catalog, null, Deployment.OLDER);
      reports.replaceFindings(
          host, VerdictEngine.withoutEvidence(expected), waived, clock.instant());
      return;
    }
    ReleaseEvidence told = evidences.of(offer, checkIn);
    Deployment deployment = told.deployment();
    List<Judgement> judgements = judgements(expected, List.of(), evidence, deployment);
    if (deployment == Deployment.OLDER) {
      judgements = notDeployed(judgements, expected, evidence, told);
    }
    List<JudgedWaiver> waived = JudgedWaiver.of(content, catalog, evidence, deployment);
    reports.replaceFindings(host, judgements, waived, clock.instant());
    ReleaseFindings found = found(offer, checkIn, expected);
    if (EvidenceReading.of(told, found, Set.of()).equals(Optional.of(EvidenceReading.GOOD))
        && told.named() == null) {
      reports.prove(host, new Proven(told.expected(), told.receivedAt()));
    }
    judged.fire(new HostJudged(offer, told, found));
  }

  /** Whether or not there is evidence; see {@link VerdictEngine#judgeAsked}. */
  static List<Judgement> judgements(
      List<Expected> expected, List<Expected> waived, Evidence evidence, Deployment deployment) {
    return evidence == null
        ? VerdictEngine.withoutEvidence(expected)
        : VerdictEngine.judgeAsked(expected, waived, evidence, deployment);
  }

  /**
   * Says why settings wait for a deployment. A setting that the release leaves as the release has
   * it that the host is known to run is judged by that one: an offer hides no drift.
   */
  private List<Judgement> notDeployed(
      List<Judgement> judgements,
      List<Expected> expected,
      Evidence evidence,
      ReleaseEvidence told) {
    Map<String, SettingValue> running = values(told.running());
    List<Judgement> current =
        running.isEmpty()
            ? judgements
            : judgements(expected, List.of(), evidence, Deployment.CURRENT);
    List<Judgement> result = new ArrayList<>();
    for (int i = 0; i < judgements.size(); i++) {
      Judgement judgement = judgements.get(i);
      Expected one = judgement.expected();
      boolean unchanged = one.value().equals(running.get(one.setting().key()));
      result.add(
          unchanged
              ? current.get(i)
              : judgement.verdict() == Verdict.NOT_DEPLOYED
                  ? explained(judgement, told)
                  : judgement);
    }
    return result;
  }

  private static Judgement explained(Judgement judgement, ReleaseEvidence told) {
    String found =
        judgement.found() == null ? "" : " The evidence has " + judgement.found().strip() + ".";
    return new Judgement(
        judgement.expected(),
        judgement.verdict(),
        judgement.declared(),
        judgement.exception(),
        judgement.found(),
        judgement.effective(),
        judgement.interfaces(),
        told.notDeployedText() + found,
        judgement.fix());
  }

  private Map<String, SettingValue> values(String digest) {
    return digest == null || !digest.matches("[0-9a-f]{64}")
        ? Map.of()
        : releases
            .find(new Digest(digest))
            .map(Release::content)
            .map(Judge::values)
            .orElse(Map.of());
  }

  private static Map<String, SettingValue> values(ReleaseRecord content) {
    return content.settings().stream()
        .collect(
            toMap(
                ReleaseRecord.ResolvedSetting::key,
                ReleaseRecord.ResolvedSetting::value,
                (a, b) -> a));
  }

  private ReleaseFindings found(Offer offer, CheckIn checkIn, List<Expected> expected) {
    Map<Verdict, List<String>> keys = findings.keys(offer.getHost());
    Set<String> holding = in(keys, VerdictGroup.HOLDING);
    Set<String> notKnown = in(keys, VerdictGroup.NOT_KNOWN);
    boolean dump = checkIn.report().isDump();
    Set<String> contained =
        expected.stream()
            .filter(one -> !dump || one.setting().kind() == SettingKind.SYSCTL)
            .map(one -> one.setting().key())
            .collect(toSet());
    long seen = notKnown.stream().filter(contained::contains).count();
    return new ReleaseFindings(
        in(keys, VerdictGroup.FAILING),
        in(keys, VerdictGroup.WAITING).size(),
        holding.size(),
        seen,
        notKnown.size() - seen,
        !holding.isEmpty() && (notKnown.isEmpty() || holdsOfChange(offer, holding)));
  }

  private static Set<String> in(Map<Verdict, List<String>> keys, VerdictGroup group) {
    return keys.entrySet().stream()
        .filter(e -> e.getKey().group() == group)
        .flatMap(e -> e.getValue().stream())
        .collect(toSet());
  }

  /** Whether something holds of what the release changes; of all, where it changes nothing. */
  private boolean holdsOfChange(Offer offer, Set<String> holding) {
    Map<String, SettingValue> now = values(offer.getRelease().content());
    Map<String, SettingValue> before =
        releases.lastBefore(offer).map(o -> values(o.getRelease().content())).orElse(Map.of());
    Set<String> changed =
        now.entrySet().stream()
            .filter(e -> !e.getValue().equals(before.get(e.getKey())))
            .map(Map.Entry::getKey)
            .collect(toSet());
    return changed.isEmpty() || changed.stream().anyMatch(holding::contains);
  }
}
