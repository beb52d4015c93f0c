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
import org.hibernate.annotations.Immutable;

/**
 * One request for review, with the very content that it asked about: what people read then can be
 * compared with what the version says now. Never changed, never deleted.
 */
@Entity
@Immutable
@Table(name = "profile_submission")
public class Submission {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "version_id")
  private ProfileVersion submitted;

  private String digest;
  private String content;
  private String person;

  @Column(name = "submitted_at")
  private Instant submittedAt;

  protected Submission() {}

  /** What a version asks to be reviewed now. */
  public Submission(ProfileVersion submitted, String person, Instant now) {
    this.submitted = submitted;
    this.content = submitted.content().canonical();
    this.digest = submitted.getDigest().hex();
    this.person = person;
    this.submittedAt = now;
  }

  public Digest getDigest() {
    return new Digest(digest);
  }

  /** The username of who asked. */
  public String getPerson() {
    return person;
  }

  public Instant getSubmittedAt() {
    return submittedAt;
  }

  /** Whether the version still has this content. */
  public boolean isCurrent() {
    return digest.equals(submitted.getDigest().hex());
  }

  public VersionContent content() {
    return VersionContent.read(content);
  }

  /** The version as it was then: to be compared, never to be stored. */
  public ProfileVersion asItWas() {
    return new ProfileVersion(
        submitted.getProfile(), submitted.getNumber(), content(), person, submittedAt);
  }
}
