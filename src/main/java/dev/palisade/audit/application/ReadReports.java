package dev.palisade.audit.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.audit.ReleaseEvidence;
import dev.palisade.audit.ReleaseEvidences;
import dev.palisade.audit.Report;
import dev.palisade.audit.Reports;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Reads the evidence that hosts sent. */
@ApplicationScoped
public class ReadReports {

  @Inject private Reports reports;
  @Inject private Hosts hosts;
  @Inject private ReleaseEvidences evidences;

  /** A host's reports, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Report> of(String hostName, int most) {
    Host host = hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
    return reports.of(host, most);
  }

  /**
   * What a host's newest evidence has to do with what it is expected to run; empty while nothing
   * was offered to it, or it sent nothing.
   */
  @Requires(Permission.VIEW)
  @Transactional
  public Optional<ReleaseEvidence> evidenceOf(String hostName) {
    return hosts.find(hostName).flatMap(evidences::of);
  }

  /** One report with the evidence as received. */
  @Requires(Permission.VIEW_RECORDS)
  @Transactional
  public Report report(long id) {
    return reports
        .find(id)
        .orElseThrow(() -> DomainException.notFound("report", String.valueOf(id)));
  }
}
