package dev.palisade.audit;

import dev.palisade.fleet.Host;

/**
 * A host says that it switched to an offer and went back to its former system. It says so in every
 * report until it is offered something newer.
 *
 * @param number of the offer that it left
 * @param reason one line, in the host's words
 * @param running the digest of the release that it says it runs again, or null
 */
public record HostRolledBack(Host host, int number, String reason, String running) {}
