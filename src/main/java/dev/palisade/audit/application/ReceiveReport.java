package dev.palisade.audit.application;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.audit.CheckIn;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.Findings;
import dev.palisade.audit.Judge;
import dev.palisade.audit.Report;
import dev.palisade.audit.Reports;
import dev.palisade.audit.verdict.JsonEvidence;
import dev.palisade.audit.verdict.ReceivedEvidence;
import dev.palisade.audit.verdict.SysctlDump;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes evidence from a host about itself, and derives its findings. */
@ApplicationScoped
public class ReceiveReport {

  @Inject private Reports reports;
  @Inject private Findings findings;
  @Inject private Hosts hosts;
  @Inject private Judge judge;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Clock clock;

  /**
   * The answer to a host.
   *
   * @param report the report's id
   * @param verdicts how many of the host's findings have which verdict
   */
  public record Receipt(long report, Map<Verdict, Long> verdicts) {}

  /** Takes {@code palisade.evidence/1} JSON. */
  @Requires(Permission.SEND_EVIDENCE)
  @Transactional
  public Receipt json(byte[] body) {
    return receive(JsonEvidence.read(body), Report.Format.JSON);
  }

  /** Takes what {@code sysctl -a} prints. */
  @Requires(Permission.SEND_EVIDENCE)
  @Transactional
  public Receipt sysctlDump(byte[] body) {
    return receive(SysctlDump.read(body), Report.Format.SYSCTL);
  }

  private Receipt receive(ReceivedEvidence received, Report.Format format) {
    Host host =
        hosts
            .find(actor.getName())
            .orElseThrow(() -> DomainException.notFound("host", actor.getName()));
    reports.serialise(host);
    Digest content = received.evidence().contentDigest(catalog);
    Instant now = clock.instant();
    String id =
        received.evidence().id() == null
            ? format.code() + ":" + content.hex()
            : received.evidence().id();
    Optional<Report> known = reports.find(host, id);
    Report report =
        known.orElseGet(
            () -> {
              Report fresh =
                  new Report(host, id, format, received.evidence(), content, received.kept(), now);
              reports.add(fresh);
              return fresh;
            });
    boolean named = received.evidence().id() != null;
    if (known.isEmpty() || !named) {
      CheckIn checkIn = new CheckIn(report, now);
      reports.checkIn(host, checkIn);
      judge.judge(host, checkIn, received.evidence());
    }
    return new Receipt(report.getId(), findings.count(FindingFilter.ofHost(host.getName())));
  }
}
