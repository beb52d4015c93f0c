package dev.palisade.audit;

import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

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

  /** The group by which the host counts: its worst. Null while nothing is expected of it. */
  public VerdictGroup worst() {
    for (VerdictGroup group : VerdictGroup.values()) {
      if (count(group) > 0) {
        return group;
      }
    }
    return null;
  }

  public Map<VerdictGroup, Long> groups() {
    Map<VerdictGroup, Long> groups = new EnumMap<>(VerdictGroup.class);
    for (VerdictGroup group : VerdictGroup.values()) {
      groups.put(group, count(group));
    }
    return groups;
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
