package dev.palisade.profile;

import dev.palisade.core.DomainException;
import java.util.List;
import java.util.Optional;

/** The store of proposed changes of profiles' rules. */
public interface RuleChanges {

  /** The changes proposed for a profile, newest first. */
  List<RuleChange> of(Profile profile);

  Optional<RuleChange> find(Profile profile, long id);

  /** The proposal that waits, of which a profile has one at most. */
  Optional<RuleChange> open(Profile profile);

  void add(RuleChange change);

  /**
   * The change where nothing else will do.
   *
   * @throws DomainException not found
   */
  default RuleChange existing(Profile profile, long id) {
    return find(profile, id)
        .orElseThrow(() -> DomainException.notFound("rule change", profile.getSlug() + " " + id));
  }
}
