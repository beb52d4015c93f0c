package dev.palisade.audit;

import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import java.util.Arrays;
import java.util.List;

/**
 * Which findings to list or count; null or empty members do not narrow.
 *
 * @param verdicts any of these
 */
public record FindingFilter(String host, String key, String profile, List<Verdict> verdicts) {

  public static final FindingFilter ALL = new FindingFilter(null, null, null, List.of());

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
