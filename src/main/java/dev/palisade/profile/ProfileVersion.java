package dev.palisade.profile;

import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;

/**
 * One version of a profile. It starts as a draft, which authors edit; submitted, it is read by
 * somebody who did not write any of it, who approves the digest of exactly this content or rejects
 * it; withdrawn, it is a draft again and every earlier decision is void with the digest it names.
 * Approved content never changes. The database repeats these rules in triggers.
 */
@Entity
@Table(name = "profile_version")
public class ProfileVersion {

  private static final int COMMENT_LENGTH = 10_000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "profile_id")
  private Profile profile;

  private int number;
  private VersionState state;
  private String content;
  private String digest;
  private String author;

  @ElementCollection(fetch = FetchType.EAGER)
  @Fetch(FetchMode.SELECT)
  @CollectionTable(name = "profile_version_writer", joinColumns = @JoinColumn(name = "version_id"))
  @Column(name = "person")
  private Set<String> writers = new HashSet<>();

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "submitted_at")
  private Instant submittedAt;

  @Column(name = "decided_at")
  private Instant decidedAt;

  @Embedded private Emergency emergency;

  @OneToMany(mappedBy = "decidedVersion", cascade = CascadeType.PERSIST, fetch = FetchType.EAGER)
  @OrderBy("decidedAt")
  private List<Decision> decisions = new ArrayList<>();

  @Version private int version;

  @Transient private VersionContent parsed;

  protected ProfileVersion() {}

  /** A new draft. */
  public ProfileVersion(
      Profile profile, int number, VersionContent content, String author, Instant now) {
    this.profile = profile;
    this.number = number;
    this.state = VersionState.DRAFT;
    this.author = author;
    this.createdAt = now;
    take(content, author);
  }

  /**
   * Replaces the draft's content.
   *
   * @param expected the digest that the editor saw, or null to overwrite whatever is there
   * @param editor the username of who edits, and from now on cannot decide on this version
   */
  public void edit(VersionContent next, Digest expected, String editor) {
    requireDraft();
    if (expected != null && !expected.hex().equals(digest)) {
      throw new DomainException(
          Problem.CONTENT_CHANGED, describe() + " was edited by somebody else in the meantime.");
    }
    take(next, editor);
  }

  /**
   * Replaces what the draft says about one setting; edits of other settings do not disturb it.
   *
   * @param seen the {@link ProfileSetting#fingerprint()} that the editor saw, or empty for none
   * @param next null to say nothing about the setting
   * @param editor as for the whole content
   * @throws DomainException {@link Problem#CONTENT_CHANGED} when somebody else changed the setting
   */
  public void edit(String key, String seen, ProfileSetting next, String editor) {
    requireDraft();
    Optional<ProfileSetting> present = content().find(key);
    if (!present.map(ProfileSetting::fingerprint).orElse("").equals(seen)) {
      throw new DomainException(
          Problem.CONTENT_CHANGED,
          present
              .map(s -> "Somebody set it to " + s.value().display() + " in the meantime.")
              .orElse("Somebody took it out in the meantime."));
    }
    take(next == null ? content().without(key) : content().with(next), editor);
  }

  private void requireDraft() {
    if (state != VersionState.DRAFT) {
      throw new DomainException(
          Problem.CONFLICT, describe() + " is " + state.inSentence() + "; only a draft is edited.");
    }
  }

  /**
   * Asks for review.
   *
   * @param person the username of who asks; from now on counted among the writers, since nobody
   *     pushes through alone what its author had not finished
   */
  public void submit(String person, Instant now) {
    if (content().settings().isEmpty() && content().base() == null) {
      throw new DomainException(Problem.CONFLICT, describe() + " has no setting to review yet.");
    }
    become(VersionState.IN_REVIEW);
    writers.add(person);
    this.submittedAt = now;
  }

  /** Takes the request back; the version is a draft again. */
  public void withdraw() {
    become(VersionState.DRAFT);
    this.submittedAt = null;
  }

  /**
   * Records one approval. With enough of this digest the version becomes approved; approved in an
   * emergency already, it is confirmed.
   *
   * @param person the username of the approver
   * @param read the digest of the content that the approver read
   * @param urgent whether one approval is to do for now, where the profile allows it; without
   *     effect where no more are missing
   * @param quorum whose approvals count; who was disabled since does not
   */
  public void approve(
      String person, Digest read, String comment, boolean urgent, Quorum quorum, Instant now) {
    String why = Words.text("/comment", comment, COMMENT_LENGTH);
    if (urgent) {
      profile.rule().requireEmergency(profile.getSlug());
      if (why.isEmpty()) {
        throw DomainException.notValid("/comment", "Say why it cannot wait for the others.");
      }
    }
    boolean late = isConfirmable();
    boolean early = urgent && !late && quorum.approving(this) + 1 < profile.rule().approvals();
    decide(new Decision(this, person, true, read, why, early, isWrittenBy(person), now), quorum);
    boolean enough = quorum.approving(this) >= profile.rule().approvals();
    if (late && enough) {
      emergency.confirm(now);
    } else if (enough || early) {
      become(VersionState.APPROVED);
      this.decidedAt = now;
      this.emergency = enough ? null : new Emergency(now.plus(profile.rule().emergencyWithin()));
    }
  }

  /** Refuses the version for good; the comment tells its author why. */
  public void reject(String person, Digest read, String comment, Quorum quorum, Instant now) {
    String why =
        Words.said(
            "/comment", comment, COMMENT_LENGTH, "Say why: the author needs it to do better.");
    decide(new Decision(this, person, false, read, why, false, isWrittenBy(person), now), quorum);
    become(VersionState.REJECTED);
    this.decidedAt = now;
  }

  /** Takes an approved version out of use for further rollouts. */
  public void retire() {
    become(VersionState.RETIRED);
  }

  private void decide(Decision decision, Quorum quorum) {
    if (state != VersionState.IN_REVIEW && !(decision.isApproves() && isConfirmable())) {
      throw new DomainException(
          Problem.CONFLICT, describe() + " is " + state.inSentence() + ", not in review.");
    }
    if (!decision.getDigest().hex().equals(digest)) {
      throw new DomainException(
          Problem.CONTENT_CHANGED,
          "The content changed since it was read: its digest is now "
              + digest
              + ". Read it again.");
    }
    String person = decision.getPerson();
    if (decision.isByWriter() && !quorum.singleOperator()) {
      throw new DomainException(
          Problem.SAME_PERSON,
          describe() + " was written by " + person + "; somebody else decides on it.");
    }
    if (currentDecisions().stream().anyMatch(d -> d.getPerson().equals(person))) {
      throw new DomainException(Problem.CONFLICT, person + " has already decided on this content.");
    }
    decisions.add(decision);
  }

  /** Whether further approvals are due after one in an emergency. */
  public boolean isConfirmable() {
    return state == VersionState.APPROVED && emergency != null && emergency.isOpen();
  }

  /**
   * Requires that it may be rolled out now.
   *
   * @throws DomainException {@link Problem#NOT_APPROVED} with the reason
   */
  public void requireRollable(Instant now) {
    if (state != VersionState.APPROVED) {
      throw new DomainException(
          Problem.NOT_APPROVED, describe() + " is " + state.inSentence() + ", not approved.");
    }
    if (emergency != null) {
      emergency.requireNotLapsed(describe(), now);
    }
  }

  private void take(VersionContent next, String writer) {
    this.writers.add(writer);
    this.content = next.canonical();
    this.digest = next.digest().hex();
    this.parsed = next;
  }

  /** The only writer of the state. */
  private void become(VersionState next) {
    if (!state.mayBecome(next)) {
      throw new DomainException(
          Problem.CONFLICT,
          describe()
              + " is "
              + state.inSentence()
              + " and cannot become "
              + next.inSentence()
              + ".");
    }
    this.state = next;
  }

  /** As people name it: {@code homelab-lan v1}. */
  public final String describe() {
    return profile.getSlug() + " v" + number;
  }

  public Long id() {
    return id;
  }

  public Profile getProfile() {
    return profile;
  }

  public int getNumber() {
    return number;
  }

  public VersionState getState() {
    return state;
  }

  public Digest getDigest() {
    return new Digest(digest);
  }

  /** The username of who started it. */
  public String getAuthor() {
    return author;
  }

  /** Whether a person started or ever edited it, and so cannot decide on it. */
  public boolean isWrittenBy(String person) {
    return writers.contains(person);
  }

  /** The usernames of all who started or edited it. */
  public List<String> getWriters() {
    return writers.stream().sorted().toList();
  }

  public Instant getCreatedAt() {
    return createdAt;
  }

  /** When review was asked for, or null while it is a draft. */
  public Instant getSubmittedAt() {
    return submittedAt;
  }

  /** When it was approved or rejected, or null. */
  public Instant getDecidedAt() {
    return decidedAt;
  }

  /** The emergency in which it was approved, or null. */
  public Emergency getEmergency() {
    return emergency;
  }

  /** Every decision ever taken, oldest first, void ones included. */
  public List<Decision> getDecisions() {
    return List.copyOf(decisions);
  }

  /** The decisions that name the content as it is now. */
  public List<Decision> currentDecisions() {
    return decisions.stream().filter(d -> d.getDigest().hex().equals(digest)).toList();
  }

  public VersionContent content() {
    if (parsed == null) {
      parsed = VersionContent.read(content);
    }
    return parsed;
  }
}
