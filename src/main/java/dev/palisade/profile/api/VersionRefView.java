package dev.palisade.profile.api;

import dev.palisade.profile.VersionRef;

/** A version by name, and the digest of its content. */
public record VersionRefView(String slug, int number, String digest) {

  static VersionRefView of(VersionRef ref) {
    return ref == null ? null : new VersionRefView(ref.slug(), ref.number(), ref.digest().hex());
  }
}
