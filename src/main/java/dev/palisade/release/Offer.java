package dev.palisade.release;

import dev.palisade.fleet.Host;
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
 * A release that a host is expected to run from now on. Numbers rise by one per host, so an older
 * release that is offered again has a newer number.
 */
@Entity
@Table(name = "release_offer")
public class Offer {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "host_id", updatable = false)
  private Host host;

  @Column(updatable = false)
  private int number;

  @ManyToOne(optional = false)
  @JoinColumn(name = "release_digest", updatable = false)
  private Release release;

  @Column(name = "rollout_id", updatable = false)
  private long rolloutId;

  @Column(name = "offered_at", updatable = false)
  private Instant offeredAt;

  @Column(name = "offered_by", updatable = false)
  private String offeredBy;

  @Column(name = "fetched_at")
  private Instant fetchedAt;

  protected Offer() {}

  public Offer(
      Host host, int number, Release release, long rolloutId, String offeredBy, Instant now) {
    this.host = host;
    this.number = number;
    this.release = release;
    this.rolloutId = rolloutId;
    this.offeredBy = offeredBy;
    this.offeredAt = now;
  }

  /** Remembers the first time that the host fetched it; true when this was the first. */
  public boolean fetched(Instant now) {
    if (fetchedAt != null) {
      return false;
    }
    this.fetchedAt = now;
    return true;
  }

  public Long id() {
    return id;
  }

  public Host getHost() {
    return host;
  }

  public int getNumber() {
    return number;
  }

  public Release getRelease() {
    return release;
  }

  public long getRolloutId() {
    return rolloutId;
  }

  public Instant getOfferedAt() {
    return offeredAt;
  }

  /** The username of who started the rollout. */
  public String getOfferedBy() {
    return offeredBy;
  }

  /** When the host first fetched it, or null. */
  public Instant getFetchedAt() {
    return fetchedAt;
  }
}
