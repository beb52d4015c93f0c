package dev.palisade.release;

/** A host fetched what it was offered, for the first time. */
public record ReleaseFetched(Offer offer) {}
