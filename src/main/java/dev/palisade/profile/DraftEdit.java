package dev.palisade.profile;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * Who last wrote one place of a version, so that two people who edit one draft can see each other.
 */
@Entity
@Table(name = "profile_draft_edit")
public class DraftEdit {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @SuppressWarnings("unused") // written for the foreign key
  @ManyToOne(optional = false)
  @JoinColumn(name = "version_id")
  private ProfileVersion editedVersion;

  private String place;
  private String person;

  @Column(name = "edited_at")
  private Instant editedAt;

  protected DraftEdit() {}

  /** The first edit of a place; see {@link VersionContent#places}. */
  public DraftEdit(ProfileVersion version, String place, String person, Instant now) {
    this.editedVersion = version;
    this.place = place;
    again(person, now);
  }

  /** Somebody wrote there again. */
  public final void again(String nextPerson, Instant now) {
    this.person = nextPerson;
    this.editedAt = now;
  }

  /** A setting by its key, a parameter as <code>${name}</code>, or {@code extends}. */
  public String getPlace() {
    return place;
  }

  /** The username of who wrote there last. */
  public String getPerson() {
    return person;
  }

  public Instant getEditedAt() {
    return editedAt;
  }
}
