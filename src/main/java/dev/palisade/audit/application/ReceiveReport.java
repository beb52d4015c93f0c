package dev.palisade.audit.application;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.audit.CheckIn;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.Findings;
import dev.palisade.audit.HostRolledBack;
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
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.ssh.SshPublicKey;
import dev.palisade.ssh.SshSignature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes evidence from a host about itself, and derives its findings. */
@ApplicationScoped
public class ReceiveReport {

  /** What evidence is signed for, so that no signature for another purpose passes. */
  private static final String PURPOSE = "palisade.evidence";

  @Inject private Reports reports;
  @Inject private Findings findings;
  @Inject private Hosts hosts;
  @Inject private Judge judge;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Event<HostRolledBack> rolledBack;
  @Inject private Clock clock;

  /**
   * The answer to a host.
   *
   * @param report the report's id
   * @param verdicts how many of the host's findings have which verdict
   */
  public record Receipt(long report, Map<Verdict, Long> verdicts) {}

  /**
   * Takes {@code palisade.evidence/1} JSON.
   *
   * @param signature over the body, by the host's SSH key; needed where that key is pinned
   */
  @Requires(Permission.SEND_EVIDENCE)
  @Transactional
  public Receipt json(byte[] body, String signature) {
    String signedBy = signedBy(body, signature);
    return receive(JsonEvidence.read(body), Report.Format.JSON, signedBy);
  }

  /** Takes what {@code sysctl -a} prints; see {@link #json}. */
  @Requires(Permission.SEND_EVIDENCE)
  @Transactional
  public Receipt sysctlDump(byte[] body, String signature) {
    String signedBy = signedBy(body, signature);
    return receive(SysctlDump.read(body), Report.Format.SYSCTL, signedBy);
  }

  /**
   * The fingerprint of the key that signed the body; null where the host has none pinned.
   *
   * @throws DomainException {@link Problem.EVIDENCE_NOT_SIGNED} where one is pinned and did not
   *     sign
   */
  private String signedBy(byte[] body, String signature) {
    Optional<SshPublicKey> pinned = host().pinnedKey();
    if (pinned.isEmpty()) {
      return null;
    }
    if (signature == null) {
      throw new DomainException(
          Problem.EVIDENCE_NOT_SIGNED,
          "This host signs its evidence, by the key "
              + pinned.get().fingerprint()
              + ", and these came without a signature. Send them by the agent.");
    }
    if (!isBy(pinned.get(), signature, body)) {
      throw new DomainException(
          Problem.EVIDENCE_NOT_SIGNED,
          "The signature is not by the key that is pinned for this host, "
              + pinned.get().fingerprint()
              + ", or not over these bytes.");
    }
    return pinned.get().fingerprint();
  }

  private static boolean isBy(SshPublicKey pinned, String signature, byte[] body) {
    try {
      return SshSignature.read(signature).isBy(pinned, PURPOSE, body);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Host host() {
    return hosts
        .find(actor.getName())
        .orElseThrow(() -> DomainException.notFound("host", actor.getName()));
  }

  private Receipt receive(ReceivedEvidence received, Report.Format format, String signedBy) {
    Host host = host();
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
                  new Report(
                      host,
                      id,
                      format,
                      received.evidence(),
                      content,
                      received.kept(),
                      signedBy,
                      now);
              reports.add(fresh);
              return fresh;
            });
    boolean named = received.evidence().id() != null;
    if (known.isEmpty() || !named) {
      CheckIn checkIn = new CheckIn(report, now);
      reports.checkIn(host, checkIn);
      judge.judge(host, checkIn, received.evidence());
      if (received.rolledBack() != null) {
        rolledBack.fire(
            new HostRolledBack(
                host,
                received.rolledBack().number(),
                received.rolledBack().reason(),
                received.evidence().release()));
      }
    }
    return new Receipt(report.getId(), findings.count(FindingFilter.ofHost(host.getName())));
  }
}
