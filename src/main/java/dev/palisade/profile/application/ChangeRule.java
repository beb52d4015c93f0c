package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Users;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.Profile;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.Quorum;
import dev.palisade.profile.RuleChange;
import dev.palisade.profile.RuleChanges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Loosens what a profile asks for, which takes two people who may decide on its versions. */
@ApplicationScoped
public class ChangeRule {

  @Inject private Profiles profiles;
  @Inject private RuleChanges ruleChanges;
  @Inject private Users users;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Proposes a looser rule; nothing changes by it. A proposal that is void makes room for it.
   *
   * @param requiredApprovals null: as it is
   * @param emergencyWithin null: as it is
   * @throws DomainException {@link Problem#CONFLICT} where another proposal waits, or where it is
   *     no looser
   */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public RuleChange propose(
      String slug, Integer requiredApprovals, Duration emergencyWithin, String reason) {
    Profile profile = profiles.existingForChange(slug);
    RuleChange change =
        new RuleChange(
            profile,
            profile.rule().with(requiredApprovals, emergencyWithin),
            reason,
            actor.getName(),
            clock.instant());
    Optional<RuleChange> open = ruleChanges.open(profile);
    open.ifPresent(other -> other.close(Quorum.of(users), clock.instant()));
    profiles.flush();
    ruleChanges.add(change);
    return done(change, "profile.rule-change-proposed", change.getReason());
  }

  /** Approves what somebody else proposed; the rule holds from now on. */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public RuleChange approve(String slug, long id, String comment) {
    Profile profile = profiles.existingForChange(slug);
    RuleChange change = ruleChanges.existing(profile, id);
    change.approve(actor.getName(), comment, Quorum.of(users), clock.instant());
    profiles.flush();
    profile.loosen(change);
    return done(change, "profile.rule-change-approved", change.getComment());
  }

  /** Rejects what somebody else proposed; the comment is for them. */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public RuleChange reject(String slug, long id, String comment) {
    RuleChange change = ruleChanges.existing(profiles.existingForChange(slug), id);
    change.reject(actor.getName(), comment, Quorum.of(users), clock.instant());
    return done(change, "profile.rule-change-rejected", change.getComment());
  }

  /** Takes back what this person proposed. */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public RuleChange withdraw(String slug, long id) {
    RuleChange change = ruleChanges.existing(profiles.existingForChange(slug), id);
    change.withdraw(actor.getName(), clock.instant());
    return done(change, "profile.rule-change-withdrawn", "");
  }

  private RuleChange done(RuleChange change, String act, String words) {
    profiles.flush();
    Map<String, Object> detail = new TreeMap<>();
    detail.put("change", change.getId());
    detail.put("from", change.from().describe());
    detail.put("to", change.to().describe());
    if (!words.isEmpty()) {
      detail.put("words", words);
    }
    if (change.isByProposer()) {
      detail.put("singleOperator", true);
    }
    acts.record(act, "profile", change.getProfile().getSlug(), detail);
    return change;
  }
}
