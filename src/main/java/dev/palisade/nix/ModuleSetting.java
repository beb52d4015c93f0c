package dev.palisade.nix;

import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import org.jspecify.annotations.Nullable;

/**
 * One resolved setting with all that rendering needs, so that a stored record renders again without
 * the catalog.
 *
 * @param reason why this value, rendered as a comment; null where nobody gave one
 */
public record ModuleSetting(
    String key, SettingKind kind, MergeKind merge, SettingValue value, @Nullable String reason) {}
