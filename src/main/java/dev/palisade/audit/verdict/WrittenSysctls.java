package dev.palisade.audit.verdict;

import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.SettingKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a host would run once systemd-sysctl had written some settings over what it runs now: keys
 * in name order, a glob to each key that it matches and that is not named itself, and what the
 * kernel does to other keys by the way. A key that is not there is not made.
 */
public final class WrittenSysctls {

  private static final String GLOB = ".*.";
  private static final String FORWARDING = "net.ipv4.conf.all.forwarding";
  private static final String REDIRECTS = "net.ipv4.conf.all.accept_redirects";

  private final Map<String, String> running;
  private final Set<String> named;

  private WrittenSysctls(Map<String, String> running, Set<String> named) {
    this.running = running;
    this.named = named;
  }

  /** The same evidence with the settings written. */
  public static Evidence over(Evidence evidence, List<Expected> settings) {
    Map<String, Expected> ordered =
        settings.stream()
            .filter(e -> e.setting().kind() == SettingKind.SYSCTL)
            .collect(
                Collectors.toMap(
                    e -> e.setting().key(), e -> e, (one, other) -> other, TreeMap::new));
    WrittenSysctls written = new WrittenSysctls(new HashMap<>(evidence.sysctl()), ordered.keySet());
    ordered.values().forEach(written::write);
    return new Evidence(
        written.running,
        evidence.unreadable(),
        evidence.id(),
        evidence.collectedAt(),
        evidence.bootId(),
        evidence.kernel(),
        evidence.nixos(),
        evidence.release(),
        evidence.droppedSecrets(),
        evidence.around());
  }

  private void write(Expected expected) {
    String key = expected.setting().key();
    String alias = expected.setting().alias();
    String value = expected.value().display();
    int star = key.indexOf(GLOB);
    if (star >= 0) {
      String start = key.substring(0, star + 1);
      String end = key.substring(star + GLOB.length() - 1);
      running.replaceAll(
          (other, old) ->
              other.startsWith(start) && other.endsWith(end) && !named.contains(other)
                  ? value
                  : old);
      return;
    }
    String target = running.containsKey(key) || alias == null ? key : alias;
    String old = running.replace(target, value);
    boolean everywhere =
        expected.setting().combine() == CombineRule.BROADCAST || target.equals(FORWARDING);
    if (old == null || !everywhere) {
      return;
    }
    broadcast(target, value);
    if (target.equals(FORWARDING) && !old.strip().equals(value)) {
      running.replace(REDIRECTS, value.equals("0") ? "1" : "0");
    }
  }

  /** Writing {@code all} writes {@code default} and every interface as well. */
  private void broadcast(String key, String value) {
    int all = key.indexOf(".all.");
    if (all > 0) {
      String start = key.substring(0, all + 1);
      String end = key.substring(all + ".all".length());
      running.replaceAll(
          (other, old) -> other.startsWith(start) && other.endsWith(end) ? value : old);
    }
  }
}
