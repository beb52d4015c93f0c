package dev.palisade.audit;

import dev.palisade.audit.verdict.Fix;
import dev.palisade.audit.verdict.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * One host and one expected setting, with its verdict as it counts now: evidence older than a day
 * proves nothing, so such a finding is unknown.
 *
 * @param expected the value asked for, as people write it
 * @param declared what the host's own configuration comes to, or null where that is not told
 * @param exception why the host differs, in its own words, or null
 * @param found the running value, or null
 * @param effective what is in effect, or null
 * @param interfaces the interfaces at fault
 * @param fix may be null
 * @param since when the verdict last changed
 * @param seenAt when the host last sent evidence, or null
 * @param withoutWaivers the verdict that it would have were there no waivers
 * @param waiver what it has to do with one, or null
 */
public record Finding(
    String host,
    String key,
    String profile,
    Verdict verdict,
    String expected,
    String declared,
    String exception,
    String found,
    String effective,
    List<String> interfaces,
    String why,
    Fix fix,
    Instant since,
    Instant seenAt,
    Verdict withoutWaivers,
    FindingWaiver waiver) {

  /** A waiver that shapes a finding; its verdict says how. */
  public record FindingWaiver(
      long id, String effect, String reason, Instant expiresAt, boolean ended) {}
}
