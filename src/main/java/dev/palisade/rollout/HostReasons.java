package dev.palisade.rollout;

import dev.palisade.audit.LockOut;
import dev.palisade.audit.ReleaseEvidence;
import dev.palisade.audit.ReleaseFindings;
import java.util.List;

/** The sentences that say why a host is in its state, by what its evidence shows. */
final class HostReasons {

  private HostReasons() {}

  /** What would cut the host off: the first of its lockouts, and how many more there are. */
  static String cutOff(List<LockOut> lockouts) {
    int more = lockouts.size() - 1;
    return lockouts.get(0).sentence() + (more == 0 ? "" : " And " + more + " more.");
  }

  /** How many settings hold, and how many are not known. */
  static String verified(ReleaseFindings found) {
    return settings(found.holding(), "holds", "hold") + rest(found) + ".";
  }

  /** How many settings do not hold, and how many are not known. */
  static String failing(ReleaseFindings found) {
    return settings(found.failing().size(), "does not hold", "do not hold") + rest(found) + ".";
  }

  /** Why a host that runs the release neither holds nor fails it. */
  static String open(ReleaseFindings found) {
    return found.waiting() > 0
        ? "The host runs the release; " + nextBoot(found)
        : "The host runs the release; its evidence says nothing of what the release changes.";
  }

  /** Why a host whose evidence names another release has not come further. */
  static String former(HostState state, ReleaseEvidence evidence) {
    if (state == HostState.OFFERED) {
      return "Waits for the host to fetch its release; it runs the former one.";
    }
    String overdue = evidence.overdueText();
    return overdue != null ? overdue : "It fetched the release; its evidence names the former.";
  }

  /** Why evidence that names no release does not settle a host. */
  static String unclear(HostState state, ReleaseEvidence evidence, ReleaseFindings found) {
    long open = found.waiting() + found.failing().size();
    if (open == 0) {
      return "Waits for evidence that says whether anything holds.";
    }
    if (evidence.isAfterFetch()) {
      return "The evidence does not name its release; " + nextBoot(found);
    }
    return state == HostState.OFFERED
        ? "Waits for the host to fetch its release; "
            + settings(open, "does", "do")
            + " not hold yet."
        : "Waits for evidence from after the fetch.";
  }

  private static String nextBoot(ReleaseFindings found) {
    return settings(found.waiting(), "takes", "take") + " effect with its next boot.";
  }

  private static String settings(long count, String one, String many) {
    return count + (count == 1 ? " setting " + one : " settings " + many);
  }

  private static String rest(ReleaseFindings found) {
    long unknown = found.notKnown();
    long outside = found.notContained();
    return (unknown == 0 ? "" : "; " + unknown + (unknown == 1 ? " is" : " are") + " not known")
        + (outside == 0 ? "" : "; a dump of sysctls cannot contain " + outside + " more");
  }
}
