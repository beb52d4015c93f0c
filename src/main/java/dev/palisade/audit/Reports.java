package dev.palisade.audit;

import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store of evidence and of the findings derived from it. */
public interface Reports {

  /** Makes later reports of the same host wait until this transaction ends. */
  void serialise(Host host);

  Optional<Report> find(long id);

  Optional<Report> find(Host host, String evidenceId);

  /** The evidence that counts. */
  Optional<CheckIn> newest(Host host);

  /**
   * When a host was last heard of.
   *
   * @param report the id of the evidence that counts
   * @param release the digest of the release that it says it runs, or null
   */
  record Heard(long report, Instant at, String release) {

    /** Whether that is of an offer's release: the host fetched it before. */
    boolean isOf(Offer offer) {
      return release == null
          ? offer.getFetchedAt() != null && !at.isBefore(offer.getFetchedAt())
          : release.equals(offer.getRelease().getDigest().hex());
    }
  }

  /** When each host was last heard of, by the host's id; hosts never heard of are left out. */
  Map<Long, Heard> heard();

  /** The same of some hosts, by their ids; not many at a time. */
  Map<Long, Heard> heard(Collection<Long> hosts);

  /** The evidence of some reports, by their ids, as kept; not many at a time. */
  Map<Long, Evidence> read(Collection<Long> ids);

  /** A host's reports, newest first. */
  List<Report> of(Host host, int most);

  void add(Report report);

  /**
   * Notes that the host was heard of, with this evidence. A release that the evidence names is one
   * that the host is known to run.
   */
  void checkIn(Host host, CheckIn checkIn);

  /** The release that the host was last known to run; empty while none is known. */
  Optional<ReleaseEvidence.Proven> proven(Host host);

  /** Notes that the host is known to run a release by its newest evidence, which names none. */
  void prove(Host host, ReleaseEvidence.Proven proven);

  /**
   * Replaces all findings of a host.
   *
   * @param judgements on what the release says
   * @param waived what it has otherwise by waivers
   * @param now since when a verdict holds that differs from the one before
   */
  void replaceFindings(
      Host host, List<Judgement> judgements, List<JudgedWaiver> waived, Instant now);
}
