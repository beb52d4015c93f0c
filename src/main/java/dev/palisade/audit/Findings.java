package dev.palisade.audit;

import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.fleet.Host;
import java.util.List;
import java.util.Map;

/** Findings as they count now. A count and its list come from the same rows. */
public interface Findings {

  /** Findings in order of trouble, then host and key. */
  List<Finding> list(FindingFilter filter, int offset, int most);

  /** How many findings of each verdict the filter leaves. */
  Map<Verdict, Long> count(FindingFilter filter);

  /** How many findings of one host are in which group; groups without any are left out. */
  Map<VerdictGroup, Long> groups(Host host);

  /**
   * Every registered host by name, those of whom nothing is expected included.
   *
   * @param withoutWaivers whether to count as if there were no waivers
   */
  List<HostPosture> postures(boolean withoutWaivers);

  /** Keys with failing findings and on how many hosts, most first. */
  Map<String, Long> mostFailing(int most);
}
