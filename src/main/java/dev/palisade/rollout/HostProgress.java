package dev.palisade.rollout;

import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** One host's way through a rollout; always with a sentence why it stands where it stands. */
@Entity
@Table(name = "rollout_host")
public class HostProgress {

  /** Rollout and host. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "rollout_id")
    private Long rolloutId;

    @Column(name = "host_id")
    private Long hostId;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(key.rolloutId, rolloutId)
          && Objects.equals(key.hostId, hostId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(rolloutId, hostId);
    }
  }

  @SuppressWarnings("unused") // read by the mapping
  @EmbeddedId
  private Key key = new Key();

  @MapsId("rolloutId")
  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "rollout_id")
  private Rollout rollout;

  @MapsId("hostId")
  @ManyToOne(fetch = FetchType.EAGER)
  @JoinColumn(name = "host_id")
  private Host host;

  private int wave = 1;
  private HostState state;
  private String reason;

  @Column(name = "release_digest")
  private String releaseDigest;

  @Column(name = "changed_at")
  private Instant changedAt;

  protected HostProgress() {}

  HostProgress(Rollout rollout, Host host, HostState state, String reason, Instant now) {
    this.rollout = rollout;
    this.host = host;
    become(state, reason, now);
  }

  /** The host may fetch its release from now on. */
  public void offered(Offer offer, Instant now) {
    this.releaseDigest = offer.getRelease().getDigest().hex();
    become(HostState.OFFERED, "Waits for the host to fetch its release.", now);
  }

  /** The host cannot take part after all. */
  public void refused(String why, Instant now) {
    become(HostState.REFUSED, why, now);
  }

  /** The host has its release; evidence may have spoken before that, and then stands. */
  public void fetched(Instant now) {
    if (state == HostState.OFFERED) {
      become(HostState.FETCHED, "Waits for evidence newer than the offer.", now);
    }
  }

  /** Evidence newer than the offer has spoken. */
  public void judged(long failing, Instant now) {
    if (state == HostState.PLANNED || state == HostState.REFUSED) {
      return;
    }
    if (failing == 0) {
      become(HostState.VERIFIED, "Nothing fails in the newest evidence.", now);
    } else {
      become(
          HostState.FAILING,
          failing + (failing == 1 ? " setting does" : " settings do") + " not hold.",
          now);
    }
  }

  private void become(HostState next, String why, Instant now) {
    if (next != state || !why.equals(reason)) {
      this.state = next;
      this.reason = why;
      this.changedAt = now;
    }
  }

  /** For a sentence: {@code web-1: it has no profile}. */
  public String describe() {
    return host.getName() + ": " + reason;
  }

  public Rollout getRollout() {
    return rollout;
  }

  public Host getHost() {
    return host;
  }

  /** 1 is the first. */
  public int getWave() {
    return wave;
  }

  public HostState getState() {
    return state;
  }

  public String getReason() {
    return reason;
  }

  /** The digest of the release that was offered, or null. */
  public String getReleaseDigest() {
    return releaseDigest;
  }

  public Instant getChangedAt() {
    return changedAt;
  }
}
