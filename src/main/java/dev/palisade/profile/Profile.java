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
import java.time.Instant;
import java.util.regex.Pattern;

/** A named line of versions, for example {@code homelab-lan}. */
@Entity
@Table(name = "profile_profile")
public class Profile {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int NAME_LENGTH = 200;
  private static final int DESCRIPTION_LENGTH = 10_000;
  private static final int MOST_APPROVALS = 10;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String slug;
  private String name;
  private String description;

  @Column(name = "required_approvals")
  private int requiredApprovals = 1;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version private int version;

  protected Profile() {}

  public Profile(String slug, String name, String description, Instant now) {
    if (slug == null || !SLUG.matcher(slug).matches()) {
      throw DomainException.notValid(
          "/slug", "A slug has 1 to 63 lower-case letters, digits and inner hyphens.");
    }
    this.slug = slug;
    this.createdAt = now;
    describe(name, description);
  }

  /** Changes the words about the profile; versions and approvals are not touched by it. */
  public final void describe(String newName, String newDescription) {
    this.name = Words.line("/name", newName, NAME_LENGTH);
    this.description = Words.text("/description", newDescription, DESCRIPTION_LENGTH);
  }

  /**
   * Asks for more people from now on, versions in review included.
   *
   * @param people how many besides those who wrote a version, 1 to {@value #MOST_APPROVALS}; never
   *     fewer than before, since one person could then approve alone what took two
   */
  public void requireApprovals(int people) {
    if (people < 1 || people > MOST_APPROVALS) {
      throw DomainException.notValid(
          "/requiredApprovals", "A version needs 1 to " + MOST_APPROVALS + " approvals.");
    }
    if (people < requiredApprovals) {
      throw new DomainException(
          Problem.CONFLICT,
          "“" + slug + "” asks for " + requiredApprovals + " approvals; that number only rises.");
    }
    this.requiredApprovals = people;
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

  /** How many people who did not write a version must approve it. */
  public int getRequiredApprovals() {
    return requiredApprovals;
  }

  public Instant getCreatedAt() {
    return createdAt;
  }
}
