package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;

/**
 * What a version says about one setting.
 *
 * @param key the setting's key in the catalog, or any other where {@code declared} says what it is;
 *     one segment may be a parameter
 * @param value may be a parameter, or a list with parameters
 * @param reason why this value, in the author's words; null where the catalog's explanation is
 *     enough
 * @param mandatory whether a host's own configuration must not override it
 * @param declared null where the catalog has the setting
 */
public record ProfileSetting(
    String key, SettingValue value, String reason, boolean mandatory, DeclaredType declared) {

  public ProfileSetting(String key, SettingValue value, String reason, boolean mandatory) {
    this(key, value, reason, mandatory, null);
  }

  public ProfileSetting(String key, SettingValue value) {
    this(key, value, null, false);
  }

  /**
   * What is known about the setting.
   *
   * @throws IllegalStateException where neither the catalog nor the version itself knows it
   */
  public Setting known(Catalog catalog) {
    return DeclaredType.known(key, declared, catalog)
        .orElseThrow(() -> new IllegalStateException("The catalog no longer has " + key));
  }

  /**
   * Changes with every part of it: an editor sends back what was seen, so that nobody's work is
   * lost.
   */
  public String fingerprint() {
    return new VersionContent(java.util.List.of(this)).digest().hex();
  }
}
