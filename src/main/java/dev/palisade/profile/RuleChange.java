package dev.palisade.profile;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/**
 * A looser rule for a profile, proposed by one person who may decide and decided by another. It
 * names the rule that it starts from: once that has changed, or its proposer may not decide any
 * more, it is void. The database repeats all of it in triggers.
 */
@Entity
@Table(name = "profile_rule_change")
public class RuleChange {

  private static final int TEXT_LENGTH = 10_000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "profile_id", updatable = false)
  private Profile profile;

  @Column(name = "from_approvals", updatable = false)
  private int fromApprovals;

  @Column(name = "from_emergency_seconds", updatable = false)
  private int fromEmergencySeconds;

  @Column(name = "to_approvals", updatable = false)
  private int toApprovals;

  @Column(name = "to_emergency_seconds", updatable = false)
  private int toEmergencySeconds;

  @Column(updatable = false)
  private String reason;

  @Column(name = "proposed_by", updatable = false)
  private String proposedBy;

  @Column(name = "proposed_at", updatable = false)
  private Instant proposedAt;

  private RuleChangeState state;

  @Column(name = "decided_by")
  private String decidedBy;

  @Column(name = "decided_at")
  private Instant decidedAt;

  private String comment;

  @Column(name = "by_proposer")
  private boolean byProposer;

  protected RuleChange() {}

  /**
   * A proposal.
   *
   * @param to looser than the profile's rule; what is stricter needs nobody else
   */
  public RuleChange(Profile profile, ApprovalRule to, String reason, String person, Instant now) {
    if (!to.isLooserThan(profile.rule())) {
      throw new DomainException(
          Problem.CONFLICT,
          "This is no looser than what “"
              + profile.getSlug()
              + "” asks for ("
              + profile.rule().describe()
              + "). It needs no second person: change the profile.");
    }
    this.profile = profile;
    this.fromApprovals = profile.rule().approvals();
    this.fromEmergencySeconds = (int) profile.rule().emergencyWithin().toSeconds();
    this.toApprovals = to.approvals();
    this.toEmergencySeconds = (int) to.emergencyWithin().toSeconds();
    this.reason = Words.said("/reason", reason, TEXT_LENGTH, "Say why less should be asked for.");
    this.proposedBy = person;
    this.proposedAt = now;
    this.state = RuleChangeState.OPEN;
  }

  /** Agrees; the rule is still to be applied to the profile. */
  public void approve(String person, String words, Quorum quorum, Instant now) {
    decide(person, quorum);
    String obstacle = whyVoid(quorum);
    if (!obstacle.isEmpty()) {
      throw new DomainException(Problem.CONFLICT, obstacle);
    }
    end(RuleChangeState.APPROVED, person, Words.text("/comment", words, TEXT_LENGTH), now);
  }

  /** Refuses; the comment is for who proposed it. */
  public void reject(String person, String words, Quorum quorum, Instant now) {
    decide(person, quorum);
    String why =
        Words.said("/comment", words, TEXT_LENGTH, "Say why: who proposed it wants to know.");
    end(RuleChangeState.REJECTED, person, why, now);
  }

  /** Takes it back, which only who proposed it does. */
  public void withdraw(String person, Instant now) {
    requireOpen();
    if (!person.equals(proposedBy)) {
      throw new DomainException(
          Problem.CONFLICT, proposedBy + " proposed it and alone takes it back. Reject it.");
    }
    end(RuleChangeState.WITHDRAWN, person, "", now);
  }

  /** Makes room for another proposal where this one cannot be approved any more. */
  public void close(Quorum quorum, Instant now) {
    if (whyVoid(quorum).isEmpty()) {
      throw new DomainException(
          Problem.CONFLICT,
          "A change of the rule of “"
              + profile.getSlug()
              + "” waits for a decision already, proposed by "
              + proposedBy
              + ".");
    }
    end(RuleChangeState.VOID, null, "", now);
  }

  /** Why nobody can approve it any more; empty where somebody can, or where it is decided. */
  public String whyVoid(Quorum quorum) {
    if (state != RuleChangeState.OPEN) {
      return "";
    }
    if (!quorum.mayDecide().test(proposedBy)) {
      return "It is void: " + proposedBy + ", who proposed it, may not decide any more.";
    }
    if (!profile.rule().equals(from())) {
      return "It is void: the rule changed since it was proposed.";
    }
    return "";
  }

  /** Whether this person could decide on it. */
  public boolean isDecidableBy(String person, Quorum quorum) {
    return state == RuleChangeState.OPEN
        && whyVoid(quorum).isEmpty()
        && (quorum.singleOperator() || !person.equals(proposedBy));
  }

  private void decide(String person, Quorum quorum) {
    requireOpen();
    if (person.equals(proposedBy) && !quorum.singleOperator()) {
      throw new DomainException(
          Problem.SAME_PERSON, person + " proposed it; somebody else decides on it.");
    }
  }

  private void requireOpen() {
    if (state != RuleChangeState.OPEN) {
      throw new DomainException(
          Problem.CONFLICT, "This proposal is decided: " + state.code() + ".");
    }
  }

  /** The only writer of the state. */
  private void end(RuleChangeState next, String person, String words, Instant now) {
    this.byProposer = next != RuleChangeState.WITHDRAWN && proposedBy.equals(person);
    this.decidedBy = person;
    this.decidedAt = now;
    this.comment = words;
    this.state = next;
  }

  public Long getId() {
    return id;
  }

  public Profile getProfile() {
    return profile;
  }

  /** The rule that the profile had. */
  public ApprovalRule from() {
    return new ApprovalRule(fromApprovals, Duration.ofSeconds(fromEmergencySeconds));
  }

  /** The rule that is proposed. */
  public ApprovalRule to() {
    return new ApprovalRule(toApprovals, Duration.ofSeconds(toEmergencySeconds));
  }

  public String getReason() {
    return reason;
  }

  /** The username. */
  public String getProposedBy() {
    return proposedBy;
  }

  public Instant getProposedAt() {
    return proposedAt;
  }

  public RuleChangeState getState() {
    return state;
  }

  /** The username, or null while it is open or where it is void. */
  public String getDecidedBy() {
    return decidedBy;
  }

  /** When it was decided, or null while it is open. */
  public Instant getDecidedAt() {
    return decidedAt;
  }

  /** What was said with the decision; may be empty or null. */
  public String getComment() {
    return comment;
  }

  /** Whether who proposed it decided on it, in single-operator mode. */
  public boolean isByProposer() {
    return byProposer;
  }
}
