package dev.palisade.audit.foretell;

import dev.palisade.catalog.SettingKind;
import dev.palisade.profile.EffectiveSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What would stop because a kernel module can no longer be loaded. */
final class ModuleRisks {

  static final String LOCK = "security.lockKernelModules";

  private static final String LOCKED = "kernel.modules_disabled";

  /** Modules that such programs load when they first need them. */
  private static final List<String> ON_DEMAND =
      List.of(
          "br_netfilter", "nf_conntrack", "nf_nat", "nf_tables", "overlay", "veth", "wireguard");

  private ModuleRisks() {}

  static List<Risk> of(Prospect prospect) {
    List<Risk> risks = new ArrayList<>();
    locked(prospect, risks);
    blocked(prospect, risks);
    return risks;
  }

  private static void locked(Prospect prospect, List<Risk> risks) {
    String key =
        prospect.turns(LOCK, true) ? LOCK : "1".equals(display(prospect, LOCKED)) ? LOCKED : null;
    if (key == null || "1".equals(prospect.running(LOCKED))) {
      return;
    }
    Set<String> loaded = prospect.around().modules();
    if (loaded == null) {
      risks.add(
          Risk.check(
              key,
              "Once modules are locked, what loads one later fails",
              prospect.unseen("loaded modules")));
      return;
    }
    Set<String> onDemand = new TreeSet<>(ON_DEMAND);
    onDemand.retainAll(loaded);
    if (!onDemand.isEmpty()) {
      risks.add(
          Risk.breakage(
              key,
              "After a reboot these load no more, unless boot.kernelModules lists them",
              "Loaded now: "
                  + String.join(", ", onDemand)
                  + ". Containers, tunnels and firewalls"
                  + " load them when they start."));
    }
  }

  private static String display(Prospect prospect, String key) {
    return prospect.after().containsKey(key) ? prospect.after().get(key).display() : "";
  }

  private static void blocked(Prospect prospect, List<Risk> risks) {
    Set<String> loaded = prospect.around().modules();
    List<String> newly =
        prospect.next().settings().stream()
            .filter(setting -> setting.known().kind() == SettingKind.MODULE_BLACKLIST)
            .map(EffectiveSetting::key)
            .filter(key -> !prospect.before().containsKey(key))
            .toList();
    if (loaded == null) {
      newly.stream()
          .limit(1)
          .forEach(
              key ->
                  risks.add(
                      Risk.check(
                          key,
                          "After a reboot blocked modules load no more by themselves, in use or not",
                          prospect.unseen("loaded modules"))));
      return;
    }
    newly.stream()
        .filter(key -> loaded.contains(key.replace('-', '_')))
        .forEach(
            key ->
                risks.add(
                    Risk.breakage(
                        key,
                        "After a reboot this module loads no more by itself",
                        "It is loaded now.")));
  }
}
