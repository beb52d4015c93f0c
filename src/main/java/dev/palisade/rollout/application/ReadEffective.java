package dev.palisade.rollout.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.HostParameters;
import dev.palisade.assignment.WaiverInForce;
import dev.palisade.assignment.Waivers;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.WaivedSetting;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.release.ReleaseRecord.ResolvedSetting;
import dev.palisade.release.Releases;
import dev.palisade.rollout.HostVersions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what a host is expected to run and what a rollout of the newest approved versions would
 * make of it, setting by setting and with where each value comes from.
 */
@ApplicationScoped
public class ReadEffective {

  /**
   * Both sides.
   *
   * @param offer the last one, or null
   * @param refused why a rollout would refuse the host now; null where it would not
   */
  public record Effective(Offer offer, String refused, List<Row> rows) {}

  /**
   * One setting; a side is null where it does not speak of it.
   *
   * @param waiver what holds now for this host and setting, or null; a side names a waiver where
   *     one is in its value
   */
  public record Row(String key, Source offered, Source pending, WaiverInForce waiver) {

    /** Whether the next rollout would change it. */
    public boolean isPending() {
      return !Objects.equals(value(offered), value(pending));
    }

    private static SettingValue value(Source source) {
      return source == null ? null : source.value();
    }
  }

  /**
   * A value and what it comes from.
   *
   * @param layer the version that decides
   * @param value null where a waiver leaves the setting out
   * @param parameters the names of the parameters whose values are in it
   * @param waived what a waiver puts in place of what the layer asks for, or null
   */
  public record Source(
      SettingValue value, VersionRef layer, List<String> parameters, WaivedSetting waived) {}

  @Inject private Hosts hosts;
  @Inject private Profiles profiles;
  @Inject private Releases releases;
  @Inject private HostVersions hostVersions;
  @Inject private HostParameters parameters;
  @Inject private Waivers waivers;
  @Inject private Catalog catalog;

  @Requires(Permission.VIEW)
  @Transactional
  public Effective of(String hostName) {
    Host host = hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
    Offer offer = releases.lastOffer(host).orElse(null);
    Map<String, Source> offered = offer == null ? Map.of() : sources(offer.getRelease().content());
    Map<String, Source> pending = Map.of();
    String refused = null;
    try {
      List<ProfileVersion> newest = hostVersions.newest(host);
      pending =
          sources(
              ReleaseRecord.of(
                  EffectiveProfile.of(
                          Layers.of(newest, profiles),
                          parameters.supplied(host),
                          Missing.REFUSED,
                          catalog)
                      .waivedBy(waivers.changes(host)),
                  catalog));
    } catch (DomainException e) {
      refused = e.detail();
      pending = offered;
    }
    TreeSet<String> keys = new TreeSet<>(offered.keySet());
    keys.addAll(pending.keySet());
    Map<String, Source> next = pending;
    Map<String, WaiverInForce> inForce = waivers.inForce(host);
    return new Effective(
        offer,
        refused,
        keys.stream()
            .map(key -> new Row(key, offered.get(key), next.get(key), inForce.get(key)))
            .toList());
  }

  private static Map<String, Source> sources(ReleaseRecord record) {
    Map<String, VersionRef> layers =
        record.profiles().stream().collect(Collectors.toMap(VersionRef::slug, Function.identity()));
    Map<String, Source> sources = new TreeMap<>();
    for (ResolvedSetting setting : record.settings()) {
      sources.put(
          setting.key(),
          new Source(setting.value(), layers.get(setting.profile()), setting.parameters(), null));
    }
    for (WaivedSetting waived : record.waivers()) {
      sources.put(
          waived.key(),
          new Source(waived.value(), layers.get(waived.profile()), List.of(), waived));
    }
    return sources;
  }
}
