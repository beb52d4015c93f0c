package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the rendered module left behind on the host: what the host's whole configuration makes of
 * the release. It tells what is declared, never what runs.
 *
 * @param release the digest of the release that the module was rendered from
 * @param enabled whether the module declares anything
 * @param effective values of the configuration by key, JSON null where it leaves one unset
 * @param exceptions the host's own reasons for differing, by key
 * @param absent keys that the host's nixpkgs has no option for
 */
public record HostProfile(
    @Nullable String release,
    boolean enabled,
    Map<String, JsonNode> effective,
    Map<String, String> exceptions,
    Set<String> absent) {

  public HostProfile {
    effective = Map.copyOf(effective);
    exceptions = Map.copyOf(exceptions);
    absent = Set.copyOf(absent);
  }

  /** What the configuration has for a key; null where nothing is said of it. */
  @Nullable JsonNode effective(String key) {
    return effective.get(key);
  }

  /** A line that changes exactly when the rest does. */
  String fingerprint() {
    return release
        + " "
        + enabled
        + " "
        + new TreeMap<>(effective)
        + " "
        + new TreeMap<>(exceptions)
        + " "
        + new TreeSet<>(absent);
  }
}
