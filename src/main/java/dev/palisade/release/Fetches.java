package dev.palisade.release;

import java.time.Instant;

/**
 * When a host fetched a release, whatever the numbers under which it was offered.
 *
 * @param ofRelease when it fetched the release first since it last fetched another one, or null
 * @param ofAnother when it last fetched any other release, or null
 */
public record Fetches(Instant ofRelease, Instant ofAnother) {}
