package dev.palisade.profile;

import dev.palisade.core.Digest;

/** A version by name, and the digest of its content, which is what people approve. */
public record VersionRef(String slug, int number, Digest digest) {

  public static VersionRef of(ProfileVersion version) {
    return new VersionRef(version.getProfile().getSlug(), version.getNumber(), version.getDigest());
  }

  /** As people name it: {@code homelab-lan v1}. */
  public String describe() {
    return slug + " v" + number;
  }
}
