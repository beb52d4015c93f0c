package dev.palisade.audit;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** What the evaluation of one piece of evidence means for one offer of a release. */
@NullMarked
public enum EvidenceReading {
  /** It speaks of the release, nothing fails or waits, and something that it changes holds. */
  GOOD,
  /** The host is known to run the release, and a setting fails that did not fail before. */
  BAD,
  /** The host is known to run the release, and only settings fail that failed before it. */
  AS_BEFORE,
  /** The host is known to run the release; a reboot is due, or nothing of it is known to hold. */
  OPEN,
  /** It names another release. */
  FORMER,
  /** It names no release and shows nothing of the above. */
  UNCLEAR;

  /**
   * Reads evidence for the newest offer.
   *
   * @param failingBefore the keys that failed when the release was offered
   * @return empty where the evidence is older than the offer
   */
  public static Optional<EvidenceReading> of(
      ReleaseEvidence evidence, ReleaseFindings findings, Set<String> failingBefore) {
    if (!evidence.isSinceOffer()) {
      return Optional.empty();
    }
    if (evidence.namesAnother()) {
      return Optional.of(FORMER);
    }
    if (evidence.speaksOfRelease()
        && findings.failing().isEmpty()
        && findings.waiting() == 0
        && findings.changeHolds()) {
      return Optional.of(GOOD);
    }
    if (!evidence.isKnownToRun()) {
      return Optional.of(UNCLEAR);
    }
    if (findings.failing().isEmpty()) {
      return Optional.of(OPEN);
    }
    return Optional.of(failingBefore.containsAll(findings.failing()) ? AS_BEFORE : BAD);
  }
}
