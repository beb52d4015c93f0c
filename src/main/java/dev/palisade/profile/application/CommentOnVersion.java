package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.ReviewComment;
import dev.palisade.profile.Reviews;
import dev.palisade.profile.Submission;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.CompareVersions.Against;
import dev.palisade.profile.application.CompareVersions.Comparison;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Says something about a version, or about one setting of it, before it is decided. */
@ApplicationScoped
public class CommentOnVersion {

  private static final Set<VersionState> OPEN =
      EnumSet.of(VersionState.DRAFT, VersionState.IN_REVIEW);

  @Inject private Profiles profiles;
  @Inject private Reviews reviews;
  @Inject private CompareVersions compare;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Adds a comment.
   *
   * @param key a setting that the version has, or that changes against what it is compared with;
   *     null for the version as a whole
   * @param read the digest of the content that was read; null for the content as it is now
   * @param against what the version was compared with when it was read
   */
  @Requires(Permission.COMMENT_REVIEWS)
  @Transactional
  public ReviewComment say(
      String slug, int number, String key, String text, Digest read, Against against) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    if (!OPEN.contains(version.getState())) {
      throw new DomainException(
          Problem.CONFLICT,
          version.describe()
              + " is "
              + version.getState().inSentence()
              + "; comments are made before that.");
    }
    Digest spokenOf = read == null ? version.getDigest() : read;
    VersionContent content = content(version, spokenOf);
    if (key != null && content.find(key).isEmpty()) {
      requireKey(compare.compare(slug, number, against), key);
    }
    ReviewComment comment =
        new ReviewComment(version, spokenOf, key, actor.getName(), text, clock.instant());
    reviews.add(comment);
    profiles.flush();
    Map<String, Object> detail = new HashMap<>();
    detail.put("digest", spokenOf.hex());
    detail.put("comment", comment.id());
    if (key != null) {
      detail.put("key", key);
    }
    acts.record("version.commented", "version", version.describe(), detail);
    return comment;
  }

  private VersionContent content(ProfileVersion version, Digest read) {
    return read.equals(version.getDigest())
        ? version.content()
        : reviews
            .submission(version, read)
            .map(Submission::content)
            .orElseThrow(
                () ->
                    new DomainException(
                        Problem.CONTENT_CHANGED,
                        "The content changed since it was read: its digest is now "
                            + version.getDigest()
                            + ". Read it again."));
  }

  private static void requireKey(Comparison comparison, String key) {
    boolean there =
        comparison.version().content().find(key).isPresent()
            || (comparison.against() != null
                && comparison.against().content().find(key).isPresent())
            || comparison.inherited().stream().anyMatch(change -> change.key().equals(key));
    if (!there) {
      throw DomainException.notValid(
          "/key", "Neither the version nor what it is compared with has this setting.");
    }
  }
}
