package dev.palisade.fleet;

/** A group may hold other hosts than before, or is gone, within the same transaction. */
public record GroupChanged(String slug) {}
