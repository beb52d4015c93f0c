package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kernel modules without which a setting has no effect. A release names them, so that whoever
 * resolves it again must come to the same.
 */
final class KernelModules {

  private static final String CONNTRACK_KEYS = "net.netfilter.nf_conntrack";
  private static final String LOCK = "security.lockKernelModules";

  /** What loads by itself when a key names it, unless modules are locked. */
  private static final Map<String, Loads> ON_DEMAND =
      Map.of(
          "net.ipv4.tcp_congestion_control",
          new Loads("tcp_", Set.of("bbr", "bic", "dctcp", "htcp", "vegas", "westwood", "yeah")),
          "net.core.default_qdisc",
          new Loads("sch_", Set.of("cake", "codel", "fq", "fq_codel", "fq_pie", "pie", "sfq")));

  private record Loads(String prefix, Set<String> values) {}

  private KernelModules() {}

  /**
   * Names in order, each once: connection tracking for its keys, and where modules are locked also
   * the congestion control and the queue discipline that would have been loaded on demand.
   */
  static List<String> of(List<ModuleSetting> settings) {
    TreeSet<String> names = new TreeSet<>();
    if (settings.stream().anyMatch(s -> s.key().startsWith(CONNTRACK_KEYS))) {
      names.add("nf_conntrack");
    }
    boolean locked =
        settings.stream()
            .anyMatch(s -> s.key().equals(LOCK) && s.value().equals(new SettingValue.Bool(true)));
    for (ModuleSetting setting : settings) {
      Loads loads = ON_DEMAND.get(setting.key());
      if (locked && loads != null && loads.values().contains(setting.value().display())) {
        names.add(loads.prefix() + setting.value().display());
      }
    }
    return List.copyOf(names);
  }
}
