package dev.palisade.fleet;

/**
 * An operator supplied a host's parameters. Who knows what accepts them listens and refuses, within
 * the same transaction.
 */
public record ParametersSupplied(Host host) {}
