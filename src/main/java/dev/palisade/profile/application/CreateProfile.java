package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.Profile;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Starts a profile, without a version yet, and words it. */
@ApplicationScoped
public class CreateProfile {

  @Inject private Profiles profiles;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Starts a profile.
   *
   * @param requiredApprovals how many people who did not write a version approve it; null for one
   * @param emergencyWithin as for {@link ApprovalRule}; null for none
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public Profile create(
      String slug,
      String name,
      String description,
      Integer requiredApprovals,
      Duration emergencyWithin) {
    ApprovalRule rule = ApprovalRule.USUAL.with(requiredApprovals, emergencyWithin);
    Profile profile = new Profile(slug, name, description, rule, clock.instant());
    if (profiles.find(slug).isPresent()) {
      throw new DomainException(
          Problem.ALREADY_EXISTS, "There is a profile “" + slug + "” already.");
    }
    profiles.add(profile);
    profiles.flush();
    acts.record("profile.created", "profile", slug);
    return profile;
  }

  /**
   * Changes the words about a profile, and asks for more before its versions are approved; null
   * leaves each as it is. Approvals already given are not touched by it.
   *
   * @throws DomainException {@link Problem#CONFLICT} where less would be asked for
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public Profile describe(
      String slug,
      String name,
      String description,
      Integer requiredApprovals,
      Duration emergencyWithin) {
    Profile profile = profiles.existingForChange(slug);
    profile.describe(
        name == null ? profile.getName() : name,
        description == null ? profile.getDescription() : description);
    profile.tighten(profile.rule().with(requiredApprovals, emergencyWithin));
    profiles.flush();
    acts.record(
        "profile.described",
        "profile",
        slug,
        Map.of("rule", profile.rule().describe(), "requiredApprovals", profile.rule().approvals()));
    return profile;
  }
}
