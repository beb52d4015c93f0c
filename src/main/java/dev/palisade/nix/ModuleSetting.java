package dev.palisade.nix;

import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resolved setting with all that rendering needs, so that a stored record renders again without
 * the catalog.
 *
 * @param reason why this value, rendered as a comment; null where nobody gave one
 * @param mandatory whether a host's own configuration must not override it
 * @param family the group under which it is rendered; null for none
 * @param aliases other names that the kernel has for the same key
 * @param optionDepth how many names of the key belong to the NixOS option, for a key within the
 *     option's value; null where the whole key names the option
 */
public record ModuleSetting(
    String key,
    SettingKind kind,
    MergeKind merge,
    SettingValue value,
    @Nullable String reason,
    boolean mandatory,
    @Nullable String family,
    List<String> aliases,
    @Nullable Integer optionDepth) {

  public ModuleSetting {
    aliases = List.copyOf(aliases);
  }

  /** Creates a setting whose whole key names the option, sysctl, parameter or module. */
  public ModuleSetting(
      String key,
      SettingKind kind,
      MergeKind merge,
      SettingValue value,
      @Nullable String reason,
      boolean mandatory,
      @Nullable String family,
      List<String> aliases) {
    this(key, kind, merge, value, reason, mandatory, family, aliases, null);
  }
}
