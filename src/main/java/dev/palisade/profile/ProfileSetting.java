package dev.palisade.profile;

import dev.palisade.catalog.SettingValue;
import java.util.List;

/**
 * What a version says about one setting.
 *
 * @param key the setting's key in the catalog
 * @param reason why this value, in the author's words; null where the catalog's explanation is
 *     enough
 * @param mandatory whether a host's own configuration must not override it
 */
public record ProfileSetting(String key, SettingValue value, String reason, boolean mandatory) {

  public ProfileSetting(String key, SettingValue value) {
    this(key, value, null, false);
  }

  /**
   * Changes with every part of it: an editor sends back what was seen, so that nobody's work is
   * lost.
   */
  public String fingerprint() {
    return new VersionContent(List.of(this)).digest().hex();
  }
}
