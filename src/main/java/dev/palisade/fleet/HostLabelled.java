package dev.palisade.fleet;

/** An operator gave a host other labels, within the same transaction. */
public record HostLabelled(Host host) {}
