package dev.palisade.profile.application;

import static java.util.Comparator.naturalOrder;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Users;
import dev.palisade.core.DomainException;
import dev.palisade.profile.DecisionTurn;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.Quorum;
import dev.palisade.profile.RuleChange;
import dev.palisade.profile.RuleChangeState;
import dev.palisade.profile.RuleChanges;
import dev.palisade.profile.VersionLine;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;

/** Reads profiles and versions, whatever their state. */
@ApplicationScoped
public class ReadProfiles {

  /**
   * A change of a profile's rule.
   *
   * @param whyVoid why nobody can approve it any more; empty where somebody can
   * @param decidable whether the current person could decide on it
   */
  public record ProposedRule(RuleChange change, String whyVoid, boolean decidable) {

    public boolean isOpen() {
      return change.getState() == RuleChangeState.OPEN;
    }
  }

  /**
   * How far a version has come.
   *
   * @param given how many people approve it whose approval counts now
   * @param needed how many its profile asks for now
   * @param singleOperator whether who wrote it may decide on it
   */
  public record Standing(long given, int needed, boolean singleOperator) {}

  /**
   * A version that waits for a decision.
   *
   * @param decidable whether the current person can decide on it now
   */
  public record Waiting(VersionLine line, boolean decidable) {}

  @Inject private Profiles profiles;
  @Inject private RuleChanges ruleChanges;
  @Inject private Users users;
  @Inject private CurrentActor actor;

  @Requires(Permission.VIEW)
  @Transactional
  public List<Profile> profiles() {
    return profiles.all();
  }

  @Requires(Permission.VIEW)
  @Transactional
  public Profile profile(String slug) {
    return profiles.find(slug).orElseThrow(() -> DomainException.notFound("profile", slug));
  }

  /** Every version of every profile, by slug, the newest of each first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<VersionLine> lines() {
    return profiles.lines();
  }

  /** Versions in review and emergencies to confirm; these first, then the oldest request first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Waiting> waiting() {
    boolean approver = actor.can(Permission.DECIDE_REVIEWS);
    boolean alone = Quorum.of(users).singleOperator();
    return profiles.lines().stream()
        .filter(v -> v.state() == VersionState.IN_REVIEW || v.dueAt() != null)
        .sorted(
            Comparator.comparing(VersionLine::dueAt, Comparator.nullsLast(naturalOrder()))
                .thenComparing(VersionLine::submittedAt, Comparator.nullsLast(naturalOrder())))
        .map(
            v ->
                new Waiting(
                    v,
                    DecisionTurn.whyNot(
                            profiles.existing(v.slug(), v.number()),
                            actor.getName(),
                            approver,
                            alone)
                        .isEmpty()))
        .toList();
  }

  /** The versions of a profile, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<ProfileVersion> versions(String slug) {
    return profiles.versions(profile(slug).getSlug());
  }

  @Requires(Permission.VIEW)
  @Transactional
  public ProfileVersion version(String slug, int number) {
    return profiles.existing(slug, number);
  }

  @Requires(Permission.VIEW)
  @Transactional
  public Standing standing(ProfileVersion version) {
    Quorum quorum = Quorum.of(users);
    return new Standing(
        quorum.approving(version),
        version.getProfile().rule().approvals(),
        quorum.singleOperator());
  }

  /** The changes of a profile's rule that were ever proposed, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<ProposedRule> ruleChanges(String slug) {
    return ruleChanges.of(profile(slug)).stream().map(this::proposed).toList();
  }

  @Requires(Permission.VIEW)
  @Transactional
  public ProposedRule ruleChange(String slug, long id) {
    return proposed(ruleChanges.existing(profile(slug), id));
  }

  private ProposedRule proposed(RuleChange change) {
    Quorum quorum = Quorum.of(users);
    boolean decidable =
        actor.can(Permission.DECIDE_REVIEWS) && change.isDecidableBy(actor.getName(), quorum);
    return new ProposedRule(change, change.whyVoid(quorum), decidable);
  }
}
