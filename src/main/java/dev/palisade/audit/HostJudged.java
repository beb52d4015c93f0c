package dev.palisade.audit;

import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import java.util.Map;

/**
 * Verdicts on a host were derived from evidence that is newer than what it was offered last.
 *
 * @param offer what the host is expected to run
 * @param deployed whether the host is known to have the release: it fetched it, or names it
 * @param findings how many settings stand where, as every list counts them; groups without any are
 *     left out
 */
public record HostJudged(
    Host host, Offer offer, boolean deployed, Map<VerdictGroup, Long> findings) {

  public HostJudged {
    findings = Map.copyOf(findings);
  }

  /** How many settings do not hold. */
  public long failing() {
    return findings.getOrDefault(VerdictGroup.FAILING, 0L);
  }

  /** How many settings hold. */
  public long holding() {
    return findings.getOrDefault(VerdictGroup.HOLDING, 0L);
  }

  /** Of how many settings the evidence does not say whether they hold. */
  public long notKnown() {
    return findings.getOrDefault(VerdictGroup.NOT_KNOWN, 0L);
  }
}
