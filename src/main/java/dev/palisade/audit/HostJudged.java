package dev.palisade.audit;

import dev.palisade.release.Offer;
import java.util.Optional;
import java.util.Set;

/**
 * Verdicts on a host were derived from its newest evidence.
 *
 * @param offer what the host is expected to run
 * @param evidence what the evidence has to do with that
 * @param findings what was found
 */
public record HostJudged(Offer offer, ReleaseEvidence evidence, ReleaseFindings findings) {

  /**
   * What that means for the offer.
   *
   * @param failingBefore the keys that failed when it was made
   */
  public Optional<EvidenceReading> reading(Set<String> failingBefore) {
    return EvidenceReading.of(evidence, findings, failingBefore);
  }
}
