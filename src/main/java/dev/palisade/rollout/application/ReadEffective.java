package dev.palisade.rollout.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.WaiverInForce;
import dev.palisade.assignment.Waivers;
import dev.palisade.audit.HostReach;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.WaivedSetting;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.release.ReleaseRecord.ResolvedSetting;
import dev.palisade.release.Releases;
import dev.palisade.rollout.HostCheck;
import dev.palisade.rollout.HostCheck.Found;
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
   * @param reach whether people would still reach it; without lock-outs where it is refused
   */
  public record Effective(Offer offer, String refused, HostReach reach, List<Row> rows) {}

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
  @Inject private Releases releases;
  @Inject private HostVersions hostVersions;
  @Inject private Waivers waivers;
  @Inject private HostCheck check;
  @Inject private Catalog catalog;

  @Requires(Permission.VIEW)
  @Transactional
  public Effective of(String hostName) {
    Host host = hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
    Offer offer = releases.lastOffer(host).orElse(null);
    Map<String, Source> offered = offer == null ? Map.of() : sources(offer.getRelease().content());
    Found found = found(host);
    Map<String, Source> pending =
        found.content() == null
            ? offered
            : sources(ReleaseRecord.of(found.content().next(), catalog));
    TreeSet<String> keys = new TreeSet<>(offered.keySet());
    keys.addAll(pending.keySet());
    Map<String, WaiverInForce> inForce = waivers.inForce(host);
    return new Effective(
        offer,
        found.refused(),
        found.reach(),
        keys.stream()
            .map(key -> new Row(key, offered.get(key), pending.get(key), inForce.get(key)))
            .toList());
  }

  private Found found(Host host) {
    try {
      return check.of(List.of(host), hostVersions.newest(host)).get(host.id());
    } catch (DomainException e) {
      return Found.refused(e.detail());
    }
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
