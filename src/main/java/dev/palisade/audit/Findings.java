package dev.palisade.audit;

import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.fleet.Host;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Findings as they count now. A count and its list come from the same rows. */
public interface Findings {

  /** Findings in order of trouble, then host and key. */
  List<Finding> list(FindingFilter filter, int offset, int most);

  /** How many findings of each verdict the filter leaves. */
  Map<Verdict, Long> count(FindingFilter filter);

  /**
   * The keys of one host's findings by verdict, waivers counted; verdicts without any are left out.
   */
  Map<Verdict, List<String>> keys(Host host);

  /** The keys of the settings that do not hold on a host. */
  default Set<String> failing(Host host) {
    return keys(host).entrySet().stream()
        .filter(e -> e.getKey().group() == VerdictGroup.FAILING)
        .flatMap(e -> e.getValue().stream())
        .collect(Collectors.toSet());
  }

  /**
   * Every registered host by name, those of whom nothing is expected included.
   *
   * @param withoutWaivers whether to count as if there were no waivers
   */
  List<HostPosture> postures(boolean withoutWaivers);

  /** Keys with failing findings and on how many hosts, most first. */
  Map<String, Long> mostFailing(int most);
}
