package dev.palisade.release;

import java.time.Instant;

/**
 * When a host was offered a release and fetched it, whatever the numbers under which that was.
 *
 * @param offered when it was offered the release first since it was last offered another one
 * @param ofRelease when it fetched the release first since it last fetched another one, or null
 * @param ofAnother when it last fetched any other release, or null
 */
public record Fetches(Instant offered, Instant ofRelease, Instant ofAnother) {}
