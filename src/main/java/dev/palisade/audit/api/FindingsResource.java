package dev.palisade.audit.api;

import dev.palisade.audit.Finding;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.HostPosture;
import dev.palisade.audit.application.ReadFindings;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Findings, and what is counted from them. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class FindingsResource {

  private static final int MOST = 1_000;

  /** One row of the list. */
  public record FindingView(
      String host,
      String key,
      String profile,
      String verdict,
      String expected,
      String declared,
      String exception,
      String found,
      String effective,
      List<String> interfaces,
      String why,
      Map<String, String> fix,
      Instant since,
      Instant seenAt,
      String withoutWaivers,
      WaiverView waiver) {

    static FindingView of(Finding f) {
      return new FindingView(
          f.host(),
          f.key(),
          f.profile(),
          f.verdict().code(),
          f.expected(),
          f.declared(),
          f.exception(),
          f.found(),
          f.effective(),
          f.interfaces(),
          f.why(),
          f.fix() == null ? null : Map.of("key", f.fix().key(), "value", f.fix().value()),
          f.since(),
          f.seenAt(),
          f.withoutWaivers().code(),
          WaiverView.of(f.waiver()));
    }
  }

  /** A waiver that shapes a finding, or shaped it and has ended. */
  public record WaiverView(
      long id, String effect, String reason, Instant expiresAt, boolean ended) {

    static WaiverView of(Finding.FindingWaiver w) {
      return w == null
          ? null
          : new WaiverView(w.id(), w.effect(), w.reason(), w.expiresAt(), w.ended());
    }
  }

  /** How many hosts stand where, each counted once by its worst; and findings by verdict. */
  public record Standing(Map<String, Long> hosts, Map<String, Long> findings) {}

  /** The same with waivers and, beside it, as if there were none. */
  public record Compliance(
      Map<String, Long> hosts, Map<String, Long> findings, Standing withoutWaivers) {}

  @Inject private ReadFindings findings;

  @GET
  @Path("findings")
  public Page<FindingView> list(
      @QueryParam("host") String host,
      @QueryParam("key") String key,
      @QueryParam("profile") String profile,
      @QueryParam("verdict") List<String> verdicts,
      @QueryParam("group") String group,
      @QueryParam("waivers") String waivers,
      @QueryParam("cursor") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("200") int limit) {
    if (offset < 0) {
      throw DomainException.notValid("/cursor", "A cursor is what a page before this one named.");
    }
    if (limit < 1 || limit > MOST) {
      throw DomainException.notValid("/limit", "A page has 1 to " + MOST + " findings.");
    }
    if (waivers != null && !waivers.equals("ignored")) {
      throw DomainException.notValid("/waivers", "Waivers are counted, or “ignored”.");
    }
    if (group != null && !verdicts.isEmpty()) {
      throw DomainException.notValid("/group", "Name a group or verdicts, not both.");
    }
    List<Verdict> chosen =
        group == null
            ? verdicts.stream().map(FindingsResource::verdict).toList()
            : FindingFilter.verdictsOf(FindingFilter.group(group));
    FindingFilter filter = new FindingFilter(host, key, profile, chosen, waivers != null);
    List<FindingView> items =
        findings.list(filter, offset, limit).stream().map(FindingView::of).toList();
    long total = findings.count(filter).values().stream().mapToLong(Long::longValue).sum();
    String next = offset + items.size() < total ? String.valueOf(offset + items.size()) : null;
    return new Page<>(items, total, next);
  }

  @GET
  @Path("compliance")
  public Compliance compliance() {
    Standing with = standing(findings.postures(), FindingFilter.ALL);
    return new Compliance(
        with.hosts(),
        with.findings(),
        standing(findings.posturesWithoutWaivers(), FindingFilter.ALL.ignoringWaivers()));
  }

  private Standing standing(List<HostPosture> postures, FindingFilter filter) {
    Map<String, Long> hosts = new TreeMap<>();
    for (HostPosture posture : postures) {
      VerdictGroup worst = posture.worst();
      hosts.merge(worst == null ? "nothing-expected" : worst.code(), 1L, Long::sum);
    }
    Map<String, Long> counts = new TreeMap<>();
    findings.count(filter).forEach((verdict, n) -> counts.put(verdict.code(), n));
    return new Standing(hosts, counts);
  }

  private static Verdict verdict(String code) {
    try {
      return Verdict.of(code);
    } catch (IllegalArgumentException e) {
      throw DomainException.notValid("/verdict", "There is no verdict “" + code + "”.");
    }
  }
}
