package dev.palisade.profile;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** A named line of versions, for example {@code homelab-lan}. */
@Entity
@Table(name = "profile_profile")
public class Profile {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int NAME_LENGTH = 200;
  private static final int DESCRIPTION_LENGTH = 10_000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String slug;
  private String name;
  private String description;

  @Column(name = "required_approvals")
  private int requiredApprovals;

  @Column(name = "emergency_seconds")
  private int emergencySeconds;

  @Column(name = "rule_change_id")
  private Long ruleChangeId;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version private int version;

  protected Profile() {}

  public Profile(String slug, String name, String description, ApprovalRule rule, Instant now) {
    if (slug == null || !SLUG.matcher(slug).matches()) {
      throw DomainException.notValid(
          "/slug", "A slug has 1 to 63 lower-case letters, digits and inner hyphens.");
    }
    this.slug = slug;
    this.createdAt = now;
    take(rule);
    describe(name, description);
  }

  /** Changes the words about the profile; versions and approvals are not touched by it. */
  public final void describe(String newName, String newDescription) {
    this.name = Words.line("/name", newName, NAME_LENGTH);
    this.description = Words.text("/description", newDescription, DESCRIPTION_LENGTH);
  }

  /**
   * Asks for more from now on, versions in review included.
   *
   * @param next in no respect looser, since one person could then approve alone what took two
   */
  public void tighten(ApprovalRule next) {
    if (next.isLooserThan(rule())) {
      throw new DomainException(
          Problem.CONFLICT,
          "“"
              + slug
              + "” asks for "
              + rule().describe()
              + ". Two people loosen that: one who may approve proposes a rule change, another"
              + " approves it.");
    }
    take(next);
  }

  /** Asks for less from now on, as two people decided. */
  public void loosen(RuleChange approved) {
    boolean fits =
        approved.getProfile().getSlug().equals(slug)
            && approved.getState() == RuleChangeState.APPROVED
            && approved.from().equals(rule());
    if (!fits) {
      throw new DomainException(
          Problem.CONFLICT, "The rule of “" + slug + "” is loosened by an approved change only.");
    }
    this.ruleChangeId = approved.getId();
    take(approved.to());
  }

  private void take(ApprovalRule next) {
    this.requiredApprovals = next.approvals();
    this.emergencySeconds = (int) next.emergencyWithin().toSeconds();
  }

  public Long id() {
    return id;
  }

  public String getSlug() {
    return slug;
  }

  public String getName() {
    return name;
  }

  public String getDescription() {
    return description;
  }

  /** What is asked for before one of its versions is approved. */
  public ApprovalRule rule() {
    return new ApprovalRule(requiredApprovals, Duration.ofSeconds(emergencySeconds));
  }

  public Instant getCreatedAt() {
    return createdAt;
  }
}
