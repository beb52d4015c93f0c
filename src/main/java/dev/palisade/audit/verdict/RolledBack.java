package dev.palisade.audit.verdict;

/**
 * That a host went back to its former system after a switch.
 *
 * @param number the number of the offer that it had switched to
 * @param reason one line, in the host's words
 */
public record RolledBack(int number, String reason) {}
