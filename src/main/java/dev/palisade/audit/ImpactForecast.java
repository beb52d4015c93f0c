package dev.palisade.audit;

import dev.palisade.assignment.Assignments;
import dev.palisade.assignment.HostParameters;
import dev.palisade.assignment.Waivers;
import dev.palisade.audit.Reports.Heard;
import dev.palisade.audit.foretell.Foreseen;
import dev.palisade.audit.foretell.Prospect;
import dev.palisade.audit.foretell.Risk;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.PortalAddress;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.HostGroups;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Foretells what a version would do to the fleet. Asks the database a handful of questions however
 * many hosts there are, and reads each report once: what was foretold from equal input is kept.
 * Works inside the transaction of whoever asks.
 */
@ApplicationScoped
public class ImpactForecast {

  private static final int KEPT = 4_096;
  private static final int AT_ONCE = 50;

  @Inject private Profiles profiles;
  @Inject private Assignments assignments;
  @Inject private HostParameters parameters;
  @Inject private Waivers waivers;
  @Inject private HostGroups groups;
  @Inject private Hosts hosts;
  @Inject private Reports reports;
  @Inject private Releases releases;
  @Inject private Catalog catalog;
  @Inject private Clock clock;

  private final Map<Input, Foreseen> kept = LruCache.create(KEPT);

  /**
   * All that a forecast depends on.
   *
   * @param report the id of the evidence, or null
   * @param waived what waivers in force make otherwise, by key; empty for what is not managed
   * @param present the digest of the release offered last, or null
   * @param portalPort where the portal answers on the host; 0 for nowhere
   */
  private record Input(
      Long report,
      List<VersionRef> layers,
      List<String> without,
      Map<String, String> supplied,
      Map<String, Optional<SettingValue>> waived,
      String present,
      boolean runsPresent,
      int portalPort) {}

  /** A host, and what is known about it before its evidence is read. */
  private record Case(Host host, Heard heard, Offer offer, Lineup.Given given, Input input) {}

  /** What the version would do to every host that it reaches. */
  public Impact of(ProfileVersion version) {
    Lineup lineup = new Lineup(version, profiles);
    Map<String, List<String>> assigned = assignments.all();
    List<Host> reached =
        hosts.all().stream()
            .filter(host -> assigned.containsKey(host.getName()))
            .filter(host -> lineup.reaches(assigned.get(host.getName())))
            .toList();
    if (reached.isEmpty()) {
      return new Impact(List.of());
    }
    Map<Long, Heard> heard = reports.heard();
    Map<Long, Offer> offers = new HashMap<>();
    releases.lastOffers().forEach(offer -> offers.put(offer.getHost().id(), offer));
    List<HostGroup> all = groups.all();
    Map<Long, Map<String, Optional<SettingValue>>> waived = waivers.changes();
    List<HostImpact> impacts = new ArrayList<>();
    List<Case> cases = new ArrayList<>();
    for (Host host : reached) {
      Heard last = heard.get(host.id());
      Offer offer = offers.get(host.id());
      try {
        Lineup.Given given = lineup.given(assigned.get(host.getName()), content(offer));
        Map<String, Optional<SettingValue>> instead = waived.getOrDefault(host.id(), Map.of());
        cases.add(
            new Case(host, last, offer, given, input(host, last, offer, given, all, instead)));
      } catch (DomainException e) {
        impacts.add(impact(host, last, Foreseen.refused(e.detail())));
      }
    }
    for (int i = 0; i < cases.size(); i += AT_ONCE) {
      impacts.addAll(foretold(cases.subList(i, Math.min(i + AT_ONCE, cases.size()))));
    }
    return new Impact(impacts);
  }

  private List<HostImpact> foretold(List<Case> some) {
    Map<Input, Foreseen> known = new HashMap<>();
    for (Case one : some) {
      Foreseen before = kept.get(one.input());
      if (before != null) {
        known.put(one.input(), before);
      }
    }
    Map<Long, Evidence> evidence =
        reports.read(
            some.stream()
                .filter(one -> one.heard() != null && !known.containsKey(one.input()))
                .map(one -> one.heard().report())
                .distinct()
                .toList());
    List<HostImpact> impacts = new ArrayList<>();
    for (Case one : some) {
      Foreseen foreseen =
          known.computeIfAbsent(
              one.input(),
              any ->
                  foretell(one, one.heard() == null ? null : evidence.get(one.heard().report())));
      kept.put(one.input(), foreseen);
      impacts.add(impact(one.host(), one.heard(), foreseen));
    }
    return impacts;
  }

  private Foreseen foretell(Case one, Evidence evidence) {
    List<Risk> without =
        one.given().without().stream()
            .map(
                slug ->
                    Risk.check(
                        "",
                        "Its profile " + slug + " has no approved version yet",
                        "Foretold without it."))
            .toList();
    try {
      EffectiveProfile next =
          EffectiveProfile.of(one.given().layers(), one.input().supplied(), Missing.SHOWN, catalog)
              .waivedBy(one.input().waived());
      return Foreseen.of(
              new Prospect(next, content(one.offer()), one.input().runsPresent(), evidence)
                  .withPortalAt(one.input().portalPort()),
              catalog)
          .with(without);
    } catch (DomainException e) {
      return Foreseen.refused(e.detail());
    }
  }

  private Input input(
      Host host,
      Heard heard,
      Offer offer,
      Lineup.Given given,
      List<HostGroup> all,
      Map<String, Optional<SettingValue>> waived) {
    return new Input(
        heard == null ? null : heard.report(),
        given.layers().stream().map(VersionRef::of).toList(),
        given.without(),
        supplied(host, all),
        waived,
        offer == null ? null : offer.getRelease().getDigest().hex(),
        offer != null && heard != null && heard.isOf(offer),
        PortalAddress.portOn(host.getName()));
  }

  /** Where its groups disagree, what they disagree on counts as missing. */
  private Map<String, String> supplied(Host host, List<HostGroup> all) {
    try {
      return parameters.supplied(host, all);
    } catch (DomainException e) {
      return host.getParameters();
    }
  }

  private static ReleaseRecord content(Offer offer) {
    return offer == null ? null : offer.getRelease().content();
  }

  private HostImpact impact(Host host, Heard heard, Foreseen foreseen) {
    Instant seenAt = heard == null ? null : heard.at();
    boolean silent = seenAt != null && seenAt.isBefore(clock.instant().minus(HostImpact.FRESH));
    return new HostImpact(host.getName(), seenAt, silent, foreseen);
  }
}
