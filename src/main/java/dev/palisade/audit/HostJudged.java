package dev.palisade.audit;

import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import java.util.Map;

/**
 * Verdicts on a host were derived anew from evidence.
 *
 * @param offer what the host is expected to run
 * @param current whether the evidence is newer than the offer, so that it speaks about it
 * @param deployed whether the host is known to have the release: it fetched it, or names it
 * @param findings how many settings stand where; groups without any are left out
 */
public record HostJudged(
    Host host, Offer offer, boolean current, boolean deployed, Map<VerdictGroup, Long> findings) {

  public HostJudged {
    findings = Map.copyOf(findings);
  }

  public long count(VerdictGroup group) {
    return findings.getOrDefault(group, 0L);
  }
}
