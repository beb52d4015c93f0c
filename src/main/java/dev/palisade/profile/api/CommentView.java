package dev.palisade.profile.api;

import dev.palisade.profile.ReviewComment;
import java.time.Instant;

/**
 * What somebody said about a version.
 *
 * @param key the setting; null for the version as a whole
 * @param digest the content that it speaks of
 * @param current whether the version still has that content
 */
public record CommentView(
    long id,
    String key,
    String text,
    String person,
    String digest,
    boolean current,
    Instant saidAt) {

  static CommentView of(ReviewComment comment) {
    return new CommentView(
        comment.id(),
        comment.getKey(),
        comment.getText(),
        comment.getPerson(),
        comment.getDigest().hex(),
        comment.isCurrent(),
        comment.getSaidAt());
  }
}
