package dev.palisade.audit.verdict;

import dev.palisade.catalog.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether a dump was taken of the place where a missing key would stand. A dump may be a part
 * of {@code sysctl -a}, be cut off, or be taken inside a network namespace, so a key that is
 * missing proves nothing unless keys that every kernel has beside it are there.
 */
final class DumpCoverage {

  /** Keys that stand in a directory of every kernel, whatever it was built with. */
  private static final Map<String, List<String>> NEIGHBOURS =
      Map.ofEntries(
          Map.entry(
              "kernel.",
              List.of("kernel.ostype", "kernel.osrelease", "kernel.pid_max", "kernel.panic")),
          Map.entry("vm.", List.of("vm.overcommit_memory", "vm.dirty_ratio", "vm.min_free_kbytes")),
          Map.entry("fs.", List.of("fs.file-max", "fs.nr_open", "fs.inode-nr", "fs.dentry-state")),
          Map.entry("user.", List.of("user.max_pid_namespaces", "user.max_uts_namespaces")),
          Map.entry("net.core.", List.of("net.core.somaxconn")),
          Map.entry(
              "net.ipv4.",
              List.of(
                  "net.ipv4.ip_forward",
                  "net.ipv4.ip_default_ttl",
                  "net.ipv4.tcp_sack",
                  "net.ipv4.tcp_retries2")),
          Map.entry(
              "net.ipv4.conf.all.",
              List.of("net.ipv4.conf.all.forwarding", "net.ipv4.conf.all.log_martians")),
          Map.entry(
              "net.ipv4.conf.default.",
              List.of("net.ipv4.conf.default.forwarding", "net.ipv4.conf.default.log_martians")),
          Map.entry("net.ipv6.", List.of("net.ipv6.bindv6only", "net.ipv6.ip_nonlocal_bind")),
          Map.entry(
              "net.ipv6.conf.all.",
              List.of("net.ipv6.conf.all.forwarding", "net.ipv6.conf.all.hop_limit")),
          Map.entry(
              "net.ipv6.conf.default.",
              List.of("net.ipv6.conf.default.forwarding", "net.ipv6.conf.default.hop_limit")));

  /** Directories that together show a dump of everything. */
  private static final List<String> ALL =
      List.of("kernel.", "vm.", "fs.", "net.core.", "net.ipv4.");

  /** Keys of the network that only the initial namespace has. */
  private static final List<String> INITIAL =
      List.of("net.core.netdev_max_backlog", "net.ipv4.tcp_mem");

  private final Set<String> keys;

  /** The first and the last key by name, in which order they are printed; empty for none. */
  private final String first;

  private final String last;

  DumpCoverage(Evidence evidence) {
    this.keys = evidence.sysctl().keySet();
    this.first = keys.stream().min(Comparator.naturalOrder()).orElse("");
    this.last = keys.stream().max(Comparator.naturalOrder()).orElse("");
  }

  /** Whether a setting that is missing would be there if the kernel had it. */
  boolean covers(Setting setting) {
    String key = setting.key();
    if (key.startsWith("net.") && !setting.perNamespace() && isOfANamespace(key)) {
      return false;
    }
    if (key.compareTo(first) < 0 || key.compareTo(last) > 0) {
      return false; // the dump may be cut off before the place of the key
    }
    String directory =
        NEIGHBOURS.keySet().stream()
            .filter(key::startsWith)
            .max(Comparator.comparingInt(String::length))
            .orElse("");
    return (!directory.isEmpty() && has(directory, key)) || ALL.stream().allMatch(d -> has(d, key));
  }

  /** Whether keys are missing that only the initial network namespace has. */
  boolean isOfANamespace(String missing) {
    return INITIAL.stream().anyMatch(key -> !key.equals(missing) && !keys.contains(key));
  }

  private boolean has(String directory, String missing) {
    return NEIGHBOURS.getOrDefault(directory, List.of()).stream()
        .allMatch(key -> key.equals(missing) || keys.contains(key));
  }
}
