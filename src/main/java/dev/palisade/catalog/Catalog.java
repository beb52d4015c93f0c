package dev.palisade.catalog;

import dev.palisade.core.Digest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All settings the portal knows, loaded once from its own data files and checked while loading. */
public interface Catalog {

  /**
   * The digest of the catalog's data, by which two installations can tell whether theirs is one.
   */
  Digest version();

  /** Every setting, in the order in which pages show them: by family, then as in the data. */
  List<Setting> settings();

  /**
   * The setting with this key. Where the catalog has one for each interface, a key that names an
   * interface, quoted if its name has a dot, or a parameter in its place finds it under that key.
   */
  Optional<Setting> find(String key);

  /** Other names that the kernel has for this key, in order; most keys have none. */
  List<String> aliases(String key);

  /**
   * Settings in whose key, label, family, description or benchmark ids every word of the query
   * occurs; those with all words in the key come first.
   *
   * @param query null or blank means all
   * @param kind null means every kind
   */
  List<Setting> search(@Nullable String query, @Nullable SettingKind kind);

  /** Whether a running value of this key must never be stored, catalogued or not. */
  static boolean isSecret(String key) {
    String last = key.substring(Math.max(key.lastIndexOf('.'), key.lastIndexOf('/')) + 1);
    return SECRETS.contains(last);
  }

  /** Keys whose running value is key material. */
  Set<String> SECRETS = Set.of("tcp_fastopen_key", "stable_secret", "netdev_rss_key");

  /**
   * What is wrong with a value for a setting.
   *
   * @return sentences for a person; empty when the value is accepted
   */
  List<String> faults(Setting setting, SettingValue value);
}
