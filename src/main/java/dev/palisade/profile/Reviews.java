package dev.palisade.profile;

import dev.palisade.core.Digest;
import java.util.List;
import java.util.Optional;

/** The store of what was in review when, and of what people said about it. Only added to. */
public interface Reviews {

  void add(ReviewComment comment);

  /** What was said about a version, oldest first. */
  List<ReviewComment> comments(ProfileVersion version);

  /** What was said about any version of a profile, oldest first. */
  List<ReviewComment> comments(Profile profile);

  void add(Submission submission);

  /** Every request for review of a version, newest first. */
  List<Submission> submissions(ProfileVersion version);

  /** The newest request for review of a version with this content. */
  Optional<Submission> submission(ProfileVersion version, Digest digest);
}
