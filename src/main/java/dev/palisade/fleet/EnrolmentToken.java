package dev.palisade.fleet;

import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * Lets a number of hosts enrol themselves, until it expires. Hosts get its labels, none of their
 * own.
 */
@Entity
@Table(name = "fleet_enrolment_token")
public class EnrolmentToken {

  private static final int MOST_USES = 10_000;
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "token_hash", updatable = false)
  private byte[] tokenHash;

  @Column(updatable = false)
  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> labels;

  @Column(name = "auto_accept", updatable = false)
  private boolean autoAccept;

  @Column(name = "max_uses", updatable = false)
  private int maxUses;

  private int uses;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  @Column(name = "revoked_at")
  private Instant revokedAt;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "created_by", updatable = false)
  private String createdBy;

  protected EnrolmentToken() {}

  /**
   * A token that nobody has used yet.
   *
   * @param autoAccept whether its hosts need no operator to let them in
   */
  public EnrolmentToken(
      Secret token,
      Map<String, String> labels,
      int maxUses,
      Instant expiresAt,
      boolean autoAccept,
      String createdBy,
      Instant now) {
    if (maxUses < 1 || maxUses > MOST_USES) {
      throw DomainException.notValid(
          "/maxUses", "A token is good for 1 to " + MOST_USES + " hosts.");
    }
    if (expiresAt == null || !expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST_LIFE))) {
      throw DomainException.notValid(
          "/expiresAt",
          "A token expires in the future, and within " + LONGEST_LIFE.toDays() + " days.");
    }
    this.tokenHash = token.hash();
    this.labels = Host.checkedLabels(labels);
    this.maxUses = maxUses;
    this.expiresAt = expiresAt;
    this.autoAccept = autoAccept;
    this.createdBy = createdBy;
    this.createdAt = now;
  }

  /** Whether it lets another host in. */
  public boolean works(Instant now) {
    return revokedAt == null && now.isBefore(expiresAt) && uses < maxUses;
  }

  /** Takes one of its uses; false when it is good for no host any more. */
  public boolean use(Instant now) {
    if (!works(now)) {
      return false;
    }
    uses++;
    return true;
  }

  /** Ends it; the hosts that it let in stay. True when it was not revoked before. */
  public boolean revoke(Instant now) {
    if (revokedAt != null) {
      return false;
    }
    this.revokedAt = now;
    return true;
  }

  public Long getId() {
    return id;
  }

  /** By label name. */
  public Map<String, String> getLabels() {
    return new TreeMap<>(labels);
  }

  public boolean isAutoAccept() {
    return autoAccept;
  }

  public int getMaxUses() {
    return maxUses;
  }

  public int getUses() {
    return uses;
  }

  public Instant getExpiresAt() {
    return expiresAt;
  }

  /** Null while it is not revoked. */
  public Instant getRevokedAt() {
    return revokedAt;
  }

  public Instant getCreatedAt() {
    return createdAt;
  }

  /** The username of who answers for its hosts. */
  public String getCreatedBy() {
    return createdBy;
  }
}
