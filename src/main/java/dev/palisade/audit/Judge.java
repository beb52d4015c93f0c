package dev.palisade.audit;

import dev.palisade.assignment.WaiverEffect;
import dev.palisade.assignment.WaiverInForce;
import dev.palisade.assignment.Waivers;
import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.audit.verdict.VerdictEngine;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import dev.palisade.profile.WaivedSetting;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseOffered;
import dev.palisade.release.ReleaseRecord.ResolvedSetting;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Derives a host's findings anew: when evidence comes, and when something else is expected of the
 * host. Works inside the transaction of whoever asks.
 */
@ApplicationScoped
public class Judge {

  @Inject private Reports reports;
  @Inject private Releases releases;
  @Inject private Waivers waivers;
  @Inject private Catalog catalog;
  @Inject private Event<HostJudged> judged;
  @Inject private Clock clock;

  void on(@Observes ReleaseOffered event) {
    Host host = event.offer().getHost();
    reports.serialise(host);
    Optional<CheckIn> newest = reports.newest(host);
    judge(event.offer(), newest.orElse(null), newest.map(c -> c.report().read()).orElse(null));
  }

  /** Judges a host by evidence that it just sent. */
  public void judge(Host host, CheckIn checkIn, Evidence evidence) {
    releases.lastOffer(host).ifPresent(offer -> judge(offer, checkIn, evidence));
  }

  private void judge(Offer offer, CheckIn checkIn, Evidence evidence) {
    List<Expected> expected = expected(offer);
    boolean deployed = checkIn != null && isDeployed(offer, checkIn);
    boolean current = checkIn != null && isCurrent(offer, checkIn, deployed);
    Deployment deployment = current ? Deployment.CURRENT : Deployment.OLDER;
    List<Judgement> judgements = judgements(expected, evidence, deployment);
    List<JudgedWaiver> waived = waived(offer, evidence, deployment);
    reports.replaceFindings(offer.getHost(), judgements, waived, clock.instant());
    Set<String> accepted = accepted(offer.getHost());
    Map<VerdictGroup, Long> findings =
        judgements.stream()
            .collect(Collectors.groupingBy(j -> group(j, accepted), Collectors.counting()));
    judged.fire(new HostJudged(offer.getHost(), offer, current, deployed, findings));
  }

  private static List<Judgement> judgements(
      List<Expected> expected, Evidence evidence, Deployment deployment) {
    return evidence == null
        ? VerdictEngine.withoutEvidence(expected)
        : VerdictEngine.judge(expected, evidence, deployment);
  }

  /** What the release has otherwise by a waiver, judged by what its versions ask for. */
  private List<JudgedWaiver> waived(Offer offer, Evidence evidence, Deployment deployment) {
    List<WaivedSetting> known =
        offer.getRelease().content().waivers().stream()
            .filter(waiver -> waiver.known(catalog).isPresent())
            .toList();
    List<Expected> asked =
        known.stream()
            .map(w -> new Expected(w.known(catalog).orElseThrow(), w.asked(), w.profile()))
            .toList();
    List<Judgement> judgements = judgements(asked, evidence, deployment);
    return IntStream.range(0, known.size())
        .mapToObj(i -> new JudgedWaiver(known.get(i), judgements.get(i)))
        .toList();
  }

  /** The keys of which is accepted that they do not hold; see {@code audit_current_finding}. */
  private Set<String> accepted(Host host) {
    return waivers.inForce(host).values().stream()
        .filter(waiver -> waiver.effect() == WaiverEffect.ACCEPT)
        .map(WaiverInForce::key)
        .collect(Collectors.toSet());
  }

  private static VerdictGroup group(Judgement judgement, Set<String> accepted) {
    VerdictGroup group = judgement.verdict().group();
    return accepted.contains(judgement.expected().setting().key())
            && group != VerdictGroup.HOLDING
            && group != VerdictGroup.NO_EFFECT
        ? VerdictGroup.WAIVED
        : group;
  }

  private List<Expected> expected(Offer offer) {
    List<Expected> expected = new ArrayList<>();
    for (ResolvedSetting resolved : offer.getRelease().content().settings()) {
      resolved
          .known(catalog)
          .ifPresent(
              known -> expected.add(new Expected(known, resolved.value(), resolved.profile())));
    }
    return expected;
  }

  private boolean isDeployed(Offer offer, CheckIn checkIn) {
    Digest digest = offer.getRelease().getDigest();
    String named = checkIn.report().getReleaseDigest();
    return named == null
        ? releases.hasFetched(offer.getHost(), digest)
        : named.equals(digest.hex());
  }

  /**
   * A dump names no release. It speaks about the offer once the host has fetched it; of a host that
   * never fetches, since somebody carries its module by hand, every newer dump does.
   */
  private boolean isCurrent(Offer offer, CheckIn checkIn, boolean deployed) {
    return !checkIn.at().isBefore(offer.getOfferedAt())
        && (deployed
            || (checkIn.report().getReleaseDigest() == null
                && !releases.hasFetched(offer.getHost())));
  }
}
