package dev.palisade.rollout;

import dev.palisade.core.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/**
 * An approved version that hosts with its profile were not offered.
 *
 * @param hosts the names of those hosts
 * @param text what they were offered instead: {@code 10 hosts were offered v1}
 */
@NullMarked
public record VersionBacklog(String profile, int approved, List<String> hosts, String text) {

  public VersionBacklog {
    hosts = List.copyOf(hosts);
  }

  /** One entry for each profile, most hosts first. */
  public static List<VersionBacklog> of(List<HostBacklog> hosts) {
    Map<String, List<HostBacklog>> byProfile = new TreeMap<>();
    hosts.forEach(
        host ->
            host.pending()
                .forEach(
                    one ->
                        byProfile
                            .computeIfAbsent(one.profile(), p -> new ArrayList<>())
                            .add(host)));
    List<VersionBacklog> result = new ArrayList<>();
    byProfile.forEach((profile, some) -> result.add(of(profile, some)));
    result.sort(Comparator.comparing((VersionBacklog one) -> -one.hosts().size()));
    return result;
  }

  private static VersionBacklog of(String profile, List<HostBacklog> hosts) {
    Map<Integer, Long> counts = new TreeMap<>(Comparator.reverseOrder());
    int approved = 0;
    for (HostBacklog host : hosts) {
      for (HostBacklog.Pending one : host.pending()) {
        if (one.profile().equals(profile)) {
          approved = one.approved();
          counts.merge(one.offered() == null ? 0 : one.offered(), 1L, Long::sum);
        }
      }
    }
    String text =
        counts.entrySet().stream()
            .map(e -> count(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return new VersionBacklog(
        profile, approved, hosts.stream().map(HostBacklog::host).toList(), text);
  }

  private static String count(int version, long hosts) {
    return Count.of(hosts, "host")
        + (hosts == 1 ? " was" : " were")
        + (version == 0 ? " offered no version" : " offered v" + version);
  }
}
