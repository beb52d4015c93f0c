package dev.palisade.fleet;

import dev.palisade.account.Actor;
import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import dev.palisade.core.Words;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/**
 * Proves a machine that builds for many hosts. It fetches what the hosts that its selector picks
 * were offered, and does nothing else.
 */
@Entity
@Table(name = "fleet_delivery_token")
public class DeliveryToken {

  /** The longest life of a token. */
  private static final Duration LONGEST = Duration.ofDays(366);

  /** No host has a name that begins like this. */
  private static final String ACTOR = "delivery-token/";

  private static final int NAME_LENGTH = 200;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(updatable = false)
  private String name;

  @Column(updatable = false)
  private String selector;

  @Column(name = "token_hash", updatable = false)
  private byte[] tokenHash;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "created_by", updatable = false)
  private String createdBy;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  @Column(name = "revoked_at")
  private Instant revokedAt;

  @Column(name = "revoked_by")
  private String revokedBy;

  protected DeliveryToken() {}

  public DeliveryToken(
      String name,
      Selector selector,
      Secret token,
      String createdBy,
      Instant now,
      Instant expiresAt) {
    this.name = Words.line("/name", name, NAME_LENGTH);
    this.selector = selector.toString();
    this.tokenHash = token.hash();
    this.createdBy = createdBy;
    this.createdAt = now;
    if (expiresAt == null || !expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
      throw DomainException.notValid(
          "/expiresAt",
          "A delivery token expires at a time to come, within " + LONGEST.toDays() + " days.");
    }
    this.expiresAt = expiresAt;
  }

  /** Ends it at once; once is enough. */
  public void revoke(String by, Instant now) {
    if (revokedAt == null) {
      this.revokedAt = now;
      this.revokedBy = by;
    }
  }

  public boolean works(Instant now) {
    return revokedAt == null && now.isBefore(expiresAt);
  }

  public Actor actor() {
    return Actor.delivery(ACTOR + id, name);
  }

  /** The id of the token whose {@link #actor()} this is. */
  static Long idOf(Actor actor) {
    return Long.valueOf(actor.name().substring(ACTOR.length()));
  }

  public Long getId() {
    return id;
  }

  public String getName() {
    return name;
  }

  public String getSelector() {
    return selector;
  }

  public Instant getCreatedAt() {
    return createdAt;
  }

  public String getCreatedBy() {
    return createdBy;
  }

  public Instant getExpiresAt() {
    return expiresAt;
  }

  /** Null unless it was revoked. */
  public Instant getRevokedAt() {
    return revokedAt;
  }

  /** Null unless it was revoked. */
  public String getRevokedBy() {
    return revokedBy;
  }
}
