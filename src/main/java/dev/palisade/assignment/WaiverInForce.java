package dev.palisade.assignment;

import dev.palisade.catalog.SettingValue;
import java.time.Instant;

/**
 * What counts for one host and one setting at this moment.
 *
 * @param id of the waiver
 * @param value null unless the effect gives one
 */
public record WaiverInForce(
    long id,
    String key,
    WaiverEffect effect,
    SettingValue value,
    String reason,
    Instant expiresAt) {}
