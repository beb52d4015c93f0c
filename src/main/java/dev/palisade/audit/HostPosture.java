package dev.palisade.audit;

import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a host stands: how many findings it has of each verdict, counted from the same rows that are
 * listed.
 *
 * @param counts verdicts that occur
 * @param seenAt when it last sent evidence, or null
 */
public record HostPosture(String host, Map<Verdict, Long> counts, Instant seenAt) {

  public long count(VerdictGroup group) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().group() == group)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * The group by which the host counts: its worst. What has no effect counts only where nothing
   * else is expected. Null while nothing is expected at all.
   */
  public VerdictGroup worst() {
    return Stream.of(VerdictGroup.values())
        .sorted(Comparator.comparing((VerdictGroup group) -> group == VerdictGroup.NO_EFFECT))
        .filter(group -> count(group) > 0)
        .findFirst()
        .orElse(null);
  }
}
