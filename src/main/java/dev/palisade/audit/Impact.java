package dev.palisade.audit;

import dev.palisade.audit.SettingImpact.Standing;
import java.util.Comparator;
import java.util.List;

/**
 * What a version would do to every host that it reaches.
 *
 * @param hosts lock-outs first, those seen by fresh evidence before others, then what breaks, then
 *     by how much changes
 */
public record Impact(List<HostImpact> hosts) {

  private static final Comparator<HostImpact> ORDER =
      Comparator.comparing((HostImpact host) -> !host.isLockOut())
          .thenComparing(host -> host.isLockOut() && host.isUnknown())
          .thenComparing(host -> !host.isBroken())
          .thenComparing(host -> -host.foreseen().changes().size())
          .thenComparing(HostImpact::host);

  public Impact {
    hosts = hosts.stream().sorted(ORDER).toList();
  }

  /** The hosts of a group, or all for null. */
  public List<HostImpact> hosts(ImpactGroup group) {
    return group == null ? hosts : hosts.stream().filter(group::holds).toList();
  }

  /** How many hosts {@link #hosts(ImpactGroup)} lists. */
  public int count(ImpactGroup group) {
    return hosts(group).size();
  }

  /** The hosts on which a setting stands somewhere; as many as {@link #settings()} counts. */
  public List<HostImpact> hosts(String key, Standing standing) {
    return hosts.stream()
        .filter(host -> SettingImpact.standings(host).get(key) == standing)
        .toList();
  }

  /** The same by setting. */
  public List<SettingImpact> settings() {
    return SettingImpact.over(hosts);
  }
}
