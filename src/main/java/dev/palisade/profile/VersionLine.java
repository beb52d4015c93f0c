package dev.palisade.profile;

import dev.palisade.core.Digest;
import java.time.Instant;

/**
 * A version without its content, for lists.
 *
 * @param submittedAt when review was asked for, or null
 * @param unconfirmed whether it was approved in an emergency that others have not confirmed
 */
public record VersionLine(
    String slug,
    int number,
    VersionState state,
    String author,
    String hex,
    Instant submittedAt,
    boolean unconfirmed) {

  /** As people name it: {@code homelab-lan v1}. */
  public String describe() {
    return slug + " v" + number;
  }

  /** Whether it waits for somebody's approval. */
  public boolean isWaiting() {
    return state == VersionState.IN_REVIEW || isConfirmable();
  }

  /** Whether what it waits for is the approval that an emergency left out. */
  public boolean isConfirmable() {
    return state == VersionState.APPROVED && unconfirmed;
  }

  public Digest digest() {
    return new Digest(hex);
  }
}
