package dev.palisade.audit.api;

import dev.palisade.audit.HostImpact;
import dev.palisade.audit.Impact;
import dev.palisade.audit.ImpactGroup;
import dev.palisade.audit.SettingImpact;
import dev.palisade.audit.SettingImpact.Standing;
import dev.palisade.audit.application.ForetellImpact;
import dev.palisade.audit.foretell.Change;
import dev.palisade.audit.foretell.Foreseen;
import dev.palisade.audit.foretell.Risk;
import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** What a version would do to each host that it reaches, and to each setting over all of them. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/versions/{number}/impact")
@Produces(MediaType.APPLICATION_JSON)
public class ImpactResource {

  private static final int MOST = 1_000;

  /**
   * How many hosts are in each group; the last three add up to {@code reaches}.
   *
   * @param lockOut from which people may be locked out
   * @param breakage on which something in use would stop
   */
  public record Summary(
      int reaches, int lockOut, int breakage, int changes, int held, int unknown) {

    static Summary of(Impact impact) {
      return new Summary(
          impact.hosts().size(),
          impact.count(ImpactGroup.LOCK_OUT),
          impact.count(ImpactGroup.BREAKAGE),
          impact.count(ImpactGroup.CHANGES),
          impact.count(ImpactGroup.HELD),
          impact.count(ImpactGroup.UNKNOWN));
    }
  }

  /** A page of hosts, and the numbers for all of them. */
  public record ImpactView(Summary summary, List<HostImpactView> items, long total, String next) {}

  /** One host; {@code already}, {@code notKnown} and {@code noEffect} count settings. */
  public record HostImpactView(
      String host,
      Instant seenAt,
      boolean silent,
      String outlook,
      String refused,
      List<ChangeView> changes,
      int already,
      int notKnown,
      int noEffect,
      List<RiskView> risks) {

    static HostImpactView of(HostImpact impact) {
      Foreseen foreseen = impact.foreseen();
      return new HostImpactView(
          impact.host(),
          impact.seenAt(),
          impact.silent(),
          impact.outlook().code(),
          foreseen.refused(),
          foreseen.changes().stream().map(ChangeView::of).toList(),
          foreseen.already().size(),
          foreseen.notKnown().size(),
          foreseen.noEffect().size(),
          foreseen.risks().stream().map(RiskView::of).toList());
    }
  }

  /** A setting that would differ; {@code to} is null where nothing sets it any more. */
  public record ChangeView(
      String key, String from, String to, String direction, String why, String basis) {

    static ChangeView of(Change c) {
      return new ChangeView(
          c.key(), c.from(), c.to(), c.direction().code(), c.why(), c.basis().code());
    }
  }

  /** Something that may stop working. */
  public record RiskView(String key, String grade, boolean lockOut, String what, String evidence) {

    static RiskView of(Risk r) {
      return new RiskView(r.key(), r.grade().code(), r.isLockOut(), r.what(), r.evidence());
    }
  }

  /** How many hosts a setting changes on, by direction, and on how many it does not. */
  public record SettingView(
      String key,
      long weaker,
      long stronger,
      long neutral,
      long unknown,
      long already,
      long notKnown,
      long noEffect) {

    static SettingView of(SettingImpact s) {
      return new SettingView(
          s.key(),
          s.count(Standing.WEAKER),
          s.count(Standing.STRONGER),
          s.count(Standing.NEUTRAL),
          s.count(Standing.UNRANKED),
          s.count(Standing.ALREADY),
          s.count(Standing.NOT_KNOWN),
          s.count(Standing.NO_EFFECT));
    }
  }

  @Inject private ForetellImpact foretell;

  @GET
  public ImpactView impact(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @QueryParam("group") String group,
      @QueryParam("cursor") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("200") int limit) {
    if (offset < 0) {
      throw DomainException.notValid("/cursor", "A cursor is what a page before this one named.");
    }
    if (limit < 1 || limit > MOST) {
      throw DomainException.notValid("/limit", "A page has 1 to " + MOST + " hosts.");
    }
    Impact impact = foretell.of(slug, number);
    List<HostImpact> hosts = impact.hosts(group(group));
    int end = (int) Math.min(hosts.size(), (long) offset + limit);
    List<HostImpact> page = hosts.subList(Math.min(offset, end), end);
    return new ImpactView(
        Summary.of(impact),
        page.stream().map(HostImpactView::of).toList(),
        hosts.size(),
        end < hosts.size() ? String.valueOf(end) : null);
  }

  @GET
  @Path("settings")
  public Page<SettingView> settings(
      @PathParam("slug") String slug, @PathParam("number") int number) {
    return Page.whole(foretell.of(slug, number).settings().stream().map(SettingView::of).toList());
  }

  private static ImpactGroup group(String code) {
    return code == null
        ? null
        : ImpactGroup.of(code)
            .orElseThrow(
                () ->
                    DomainException.notValid(
                        "/group", "A group is lock-out, breakage, changes, held or unknown."));
  }
}
