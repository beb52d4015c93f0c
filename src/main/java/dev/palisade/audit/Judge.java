package dev.palisade.audit;

import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.audit.verdict.VerdictEngine;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseOffered;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Derives a host's findings anew: when evidence comes, and when something else is expected of the
 * host. Works inside the transaction of whoever asks.
 */
@ApplicationScoped
public class Judge {

  @Inject private Reports reports;
  @Inject private Releases releases;
  @Inject private Findings findings;
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
    ReleaseRecord content = offer.getRelease().content();
    List<Expected> expected = JudgedWaiver.expected(content, catalog);
    boolean deployed = checkIn != null && isDeployed(offer, checkIn);
    boolean current = checkIn != null && isCurrent(offer, checkIn, deployed);
    Deployment deployment = current ? Deployment.CURRENT : Deployment.OLDER;
    List<Judgement> judgements = judgements(expected, List.of(), evidence, deployment);
    List<JudgedWaiver> waived = JudgedWaiver.of(content, catalog, evidence, deployment);
    reports.replaceFindings(offer.getHost(), judgements, waived, clock.instant());
    if (current) {
      judged.fire(
          new HostJudged(offer.getHost(), offer, deployed, findings.groups(offer.getHost())));
    }
  }

  /** Whether or not there is evidence; see {@link VerdictEngine#judgeAsked}. */
  static List<Judgement> judgements(
      List<Expected> expected, List<Expected> waived, Evidence evidence, Deployment deployment) {
    return evidence == null
        ? VerdictEngine.withoutEvidence(expected)
        : VerdictEngine.judgeAsked(expected, waived, evidence, deployment);
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
