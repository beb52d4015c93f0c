package dev.palisade.profile;

import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Words;
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
 * What one person said about a version, or about one setting of it, while it was written or read.
 * Never changed, never deleted: it names the content that it speaks of.
 */
@Entity
@Immutable
@Table(name = "profile_comment")
public class ReviewComment {

  private static final int LENGTH = 10_000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "version_id")
  private ProfileVersion about;

  private String digest;
  private String key;
  private String person;
  private String text;

  @Column(name = "said_at")
  private Instant saidAt;

  protected ReviewComment() {}

  /**
   * Something said.
   *
   * @param read the digest of the content that it speaks of
   * @param key the setting that it speaks of, or null for the version as a whole
   */
  public ReviewComment(
      ProfileVersion about, Digest read, String key, String person, String text, Instant now) {
    this.about = about;
    this.digest = read.hex();
    this.key = key;
    this.person = person;
    this.text = Words.text("/text", text, LENGTH);
    this.saidAt = now;
    if (this.text.isEmpty()) {
      throw DomainException.notValid("/text", "A comment says something.");
    }
  }

  public Long id() {
    return id;
  }

  public ProfileVersion getAbout() {
    return about;
  }

  /** The content that it speaks of. */
  public Digest getDigest() {
    return new Digest(digest);
  }

  /** Whether the version still has the content that it speaks of. */
  public boolean isCurrent() {
    return digest.equals(about.getDigest().hex());
  }

  /** The key of the setting, or null for the version as a whole. */
  public String getKey() {
    return key;
  }

  /** The username. */
  public String getPerson() {
    return person;
  }

  public String getText() {
    return text;
  }

  public Instant getSaidAt() {
    return saidAt;
  }
}
