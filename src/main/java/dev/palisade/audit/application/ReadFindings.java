package dev.palisade.audit.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.audit.Finding;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.Findings;
import dev.palisade.audit.HostPosture;
import dev.palisade.audit.verdict.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

/** Reads findings and what is counted from them. */
@ApplicationScoped
public class ReadFindings {

  @Inject private Findings findings;

  /** Findings in order of trouble. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Finding> list(FindingFilter filter, int offset, int most) {
    return findings.list(filter, offset, most);
  }

  /** How many findings of each verdict the filter leaves. */
  @Requires(Permission.VIEW)
  @Transactional
  public Map<Verdict, Long> count(FindingFilter filter) {
    return findings.count(filter);
  }

  /** How every registered host stands, by name. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<HostPosture> postures() {
    return findings.postures(false);
  }

  /** The same as if there were no waivers. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<HostPosture> posturesWithoutWaivers() {
    return findings.postures(true);
  }

  /** Keys with failing findings and on how many hosts, most first. */
  @Requires(Permission.VIEW)
  @Transactional
  public Map<String, Long> mostFailing(int most) {
    return findings.mostFailing(most);
  }
}
