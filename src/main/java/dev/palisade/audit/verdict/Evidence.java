package dev.palisade.audit.verdict;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.core.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a host says about itself at one moment. Secret values never get this far.
 *
 * @param sysctl running values as printed, by key
 * @param unreadable keys that exist but could not be read
 * @param id the sender's name for this evidence; null where it has none
 * @param collectedAt by the host's own clock, for people to read; never decides anything
 * @param release the digest of the release that the host says it runs
 * @param droppedSecrets how many values were dropped on arrival
 * @param around what it says besides running values
 */
public record Evidence(
    Map<String, String> sysctl,
    Set<String> unreadable,
    @Nullable String id,
    @Nullable Instant collectedAt,
    @Nullable String bootId,
    @Nullable String kernel,
    @Nullable String nixos,
    @Nullable String release,
    int droppedSecrets,
    Surroundings around) {

  private static final Pattern INTERFACE_KEY =
      Pattern.compile("(net\\.ipv[46]\\.conf)\\.(.+)\\.([^.]+)");

  public Evidence {
    sysctl = Map.copyOf(sysctl);
    unreadable = Set.copyOf(unreadable);
  }

  /**
   * Names what verdicts depend on: the values of catalog keys on every interface, what was
   * unreadable, firewall, listeners and ssh daemon, the release and the boot. Equal digests mean
   * that nothing changed; counters and clocks of an idle host are outside it.
   */
  public Digest contentDigest(Catalog catalog) {
    Set<String> keys =
        catalog.settings().stream()
            .filter(s -> s.kind() == SettingKind.SYSCTL)
            .map(Setting::key)
            .collect(Collectors.toSet());
    Map<String, String> relevant = new TreeMap<>();
    sysctl.forEach(
        (key, value) -> {
          if (isRelevant(key, keys)) {
            relevant.put(key, value.strip());
          }
        });
    StringBuilder content = new StringBuilder();
    relevant.forEach((key, value) -> content.append(key).append('=').append(value).append('\n'));
    new TreeSet<>(unreadable)
        .stream()
            .filter(key -> isRelevant(key, keys))
            .forEach(key -> content.append("unreadable ").append(key).append('\n'));
    content.append("release ").append(release).append("\nboot ").append(bootId);
    content.append(around.fingerprint());
    return Digest.of(content.toString());
  }

  /** The names of the interfaces that it speaks of, {@code lo} left out. */
  public SortedSet<String> interfaces() {
    SortedSet<String> names = new TreeSet<>();
    InterfaceValues.Interfaces.of(this)
        .byPrefix()
        .values()
        .forEach(some -> some.forEach(name -> names.add(name.replace('/', '.'))));
    return names;
  }

  private static boolean isRelevant(String key, Set<String> catalogKeys) {
    if (catalogKeys.contains(key)) {
      return true;
    }
    Matcher perInterface = INTERFACE_KEY.matcher(key);
    return perInterface.matches()
        && catalogKeys.contains(perInterface.group(1) + ".all." + perInterface.group(3));
  }
}
