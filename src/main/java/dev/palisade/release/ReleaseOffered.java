package dev.palisade.release;

/** A host is expected to run another release from now on. */
public record ReleaseOffered(Offer offer) {}
