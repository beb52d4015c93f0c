package dev.palisade.assignment;

import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The store of waivers. */
public interface Waivers {

  /** The waivers that a filter leaves at a moment. */
  List<Waiver> list(WaiverFilter filter, Instant now, int offset, int most);

  /** How many there are of them. */
  long count(WaiverFilter filter, Instant now);

  /** How many hosts each of these waivers holds, by the waiver's id; left out where none. */
  Map<Long, Long> hostCounts(Collection<Waiver> waivers);

  /** The names of the hosts that each of these waivers holds, in order, by the waiver's id. */
  Map<Long, Set<String>> hostNames(Collection<Waiver> waivers);

  /** Those that hold this host, newest first. */
  List<Waiver> of(Host host);

  Optional<Waiver> find(long id);

  /** The waiver, which nobody else changes until this transaction ends. */
  Optional<Waiver> findForChange(long id);

  /** The one that was not ended for this host itself and this setting. */
  Optional<Waiver> open(Host host, String key);

  /** The same for a group. */
  Optional<Waiver> open(String groupSlug, String key);

  /** Those that were not ended and were asked for a group of this name. */
  List<Waiver> open(String groupSlug);

  /** What counts for a host now, by the setting's key: its own before its groups'. */
  Map<String, WaiverInForce> inForce(Host host);

  /** The same for every host that has any, by the host's id. */
  Map<Long, Map<String, WaiverInForce>> inForce();

  void add(Waiver waiver);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();

  /**
   * What a rollout has to change for a host, by the setting's key; empty where a setting is to be
   * left out.
   */
  default Map<String, Optional<SettingValue>> changes(Host host) {
    return changes(inForce(host));
  }

  /** The same for every host that a rollout has to change something for, by the host's id. */
  default Map<Long, Map<String, Optional<SettingValue>>> changes() {
    Map<Long, Map<String, Optional<SettingValue>>> changes = new HashMap<>();
    inForce().forEach((host, waivers) -> changes.put(host, changes(waivers)));
    return changes;
  }

  private static Map<String, Optional<SettingValue>> changes(Map<String, WaiverInForce> inForce) {
    Map<String, Optional<SettingValue>> changes = new TreeMap<>();
    inForce.forEach(
        (key, waiver) -> {
          if (waiver.effect().isRolledOut()) {
            changes.put(key, Optional.ofNullable(waiver.value()));
          }
        });
    return changes;
  }

  /**
   * The waiver where nothing else will do.
   *
   * @throws DomainException not found
   */
  default Waiver existingForChange(long id) {
    return findForChange(id)
        .orElseThrow(() -> DomainException.notFound("waiver", String.valueOf(id)));
  }
}
