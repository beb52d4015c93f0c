package dev.palisade.audit;

import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import java.util.Arrays;
import java.util.List;

/**
 * Which findings to list or count; null or empty members do not narrow.
 *
 * @param verdicts any of these
 * @param withoutWaivers whether to list and count as if there were no waivers
 */
public record FindingFilter(
    String host, String key, String profile, List<Verdict> verdicts, boolean withoutWaivers) {

  public static final FindingFilter ALL = new FindingFilter(null, null, null, List.of());

  /** As things are, with waivers. */
  public FindingFilter(String host, String key, String profile, List<Verdict> verdicts) {
    this(host, key, profile, verdicts, false);
  }

  /** The same as if there were no waivers. */
  public FindingFilter ignoringWaivers() {
    return new FindingFilter(host, key, profile, verdicts, true);
  }

  public FindingFilter {
    verdicts = List.copyOf(verdicts);
  }

  public static FindingFilter ofHost(String host) {
    return new FindingFilter(host, null, null, List.of());
  }

  /** The verdicts of a group. */
  public static List<Verdict> verdictsOf(VerdictGroup group) {
    return Arrays.stream(Verdict.values()).filter(v -> v.group() == group).toList();
  }
}
