package dev.palisade.audit;

import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;

/**
 * Verdicts on a host were derived anew from evidence.
 *
 * @param offer what the host is expected to run
 * @param current whether the evidence is newer than the offer, so that it speaks about it
 * @param failing how many settings do not hold
 */
public record HostJudged(Host host, Offer offer, boolean current, long failing) {}
