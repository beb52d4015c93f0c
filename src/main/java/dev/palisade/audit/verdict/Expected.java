package dev.palisade.audit.verdict;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;

/**
 * A value that a host is meant to have.
 *
 * @param profile the slug of the profile that asks for it
 */
public record Expected(Setting setting, SettingValue value, String profile) {}
