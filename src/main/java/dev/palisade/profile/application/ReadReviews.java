package dev.palisade.profile.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.ReviewComment;
import dev.palisade.profile.Reviews;
import dev.palisade.profile.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Reads what was in review when, and what people said about it. */
@ApplicationScoped
public class ReadReviews {

  @Inject private Profiles profiles;
  @Inject private Reviews reviews;

  /** What was said about a version, oldest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<ReviewComment> comments(String slug, int number) {
    return reviews.comments(profiles.existing(slug, number));
  }

  /** What was said about any version of a profile, oldest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<ReviewComment> comments(String slug) {
    return reviews.comments(
        profiles.find(slug).orElseThrow(() -> DomainException.notFound("profile", slug)));
  }

  /** Every request for review of a version, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Submission> submissions(String slug, int number) {
    return reviews.submissions(profiles.existing(slug, number));
  }
}
