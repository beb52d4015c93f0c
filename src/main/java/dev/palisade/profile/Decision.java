package dev.palisade.profile;

import dev.palisade.core.Digest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;

/** What one person decided about the content that a digest names. Never changed, never deleted. */
@Entity
@Immutable
@Table(name = "profile_decision")
public class Decision {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @SuppressWarnings("unused") // written for the foreign key
  @ManyToOne(optional = false)
  @JoinColumn(name = "version_id")
  private ProfileVersion decidedVersion;

  private String person;
  private boolean approves;
  private String digest;
  private String comment;

  @Column(name = "decided_at")
  private Instant decidedAt;

  private boolean emergency;

  @Column(name = "by_writer")
  private boolean byWriter;

  @Formula("(select u.disabled_at is not null from account_user u where u.username = person)")
  private boolean approverDisabled;

  protected Decision() {}

  Decision(
      ProfileVersion version,
      String person,
      boolean approves,
      Digest digest,
      String comment,
      boolean emergency,
      boolean byWriter,
      Instant now) {
    this.decidedVersion = version;
    this.person = person;
    this.approves = approves;
    this.digest = digest.hex();
    this.comment = comment;
    this.emergency = emergency;
    this.byWriter = byWriter;
    this.decidedAt = now;
  }

  /** The username. */
  public String getPerson() {
    return person;
  }

  public boolean isApproves() {
    return approves;
  }

  public Digest getDigest() {
    return new Digest(digest);
  }

  /** May be empty for an approval. */
  public String getComment() {
    return comment;
  }

  public Instant getDecidedAt() {
    return decidedAt;
  }

  /** Whether it approved the version before enough people had. */
  public boolean isEmergency() {
    return emergency;
  }

  /** Whether the person wrote some of the content, in single-operator mode. */
  public boolean isByWriter() {
    return byWriter;
  }

  /** Whether the person is disabled now; the decision stands all the same. */
  public boolean isApproverDisabled() {
    return approverDisabled;
  }
}
