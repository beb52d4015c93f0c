package dev.palisade.nix;

import java.util.List;

/** Kernel modules without which a setting's key does not exist when sysctls are written. */
public final class KernelModules {

  private static final String CONNTRACK_KEYS = "net.netfilter.nf_conntrack";

  private KernelModules() {}

  /** Names in order, each once. Congestion controls and queue disciplines load by themselves. */
  public static List<String> derivedFrom(List<ModuleSetting> settings) {
    return settings.stream().anyMatch(s -> s.key().startsWith(CONNTRACK_KEYS))
        ? List.of("nf_conntrack")
        : List.of();
  }
}
