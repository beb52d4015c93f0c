package dev.palisade.profile;

import dev.palisade.core.Digest;
import java.time.Instant;

/**
 * A version without its content, for lists.
 *
 * @param submittedAt when review was asked for, or null
 * @param dueAt until when an emergency is to be confirmed, or null where none is open
 */
public record VersionLine(
    String slug,
    int number,
    VersionState state,
    String author,
    String hex,
    Instant submittedAt,
    Instant dueAt) {

  /** As people name it: {@code homelab-lan v1}. */
  public String describe() {
    return slug + " v" + number;
  }

  public Digest digest() {
    return new Digest(hex);
  }
}
