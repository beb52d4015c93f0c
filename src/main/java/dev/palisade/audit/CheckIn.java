package dev.palisade.audit;

import java.time.Instant;

/**
 * When a host was last heard of, and with which evidence. An idle host sends the same evidence
 * again and again: one report, many check-ins.
 *
 * @param at by the portal's clock
 */
public record CheckIn(Report report, Instant at) {}
