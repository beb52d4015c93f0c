package dev.palisade.rollout;

import dev.palisade.audit.HostJudged;
import dev.palisade.audit.LockOut;
import dev.palisade.audit.ReleaseEvidence;
import dev.palisade.audit.ReleaseFindings;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import dev.palisade.rollout.HostCheck.Found;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One host's way through a rollout; always with a sentence why it stands where it stands. */
@Entity
@Table(name = "rollout_host")
public class HostProgress {

  private static final String WAITS = "Waits for the start.";
  private static final String LET_THROUGH = "It was let through despite a lockout.";

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

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "lock_outs")
  private List<LockOut> lockOuts = List.of();

  @Embedded private LetThrough letThrough;

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "failing_before")
  private List<String> failingBefore = List.of();

  @Column(name = "not_known")
  private int notKnown;

  @Column(name = "failed_before")
  private boolean failedBefore;

  protected HostProgress() {}

  HostProgress(Rollout rollout, Host host, Found found, Instant now) {
    this.rollout = rollout;
    this.host = host;
    check(found, now);
  }

  /**
   * Decides whether the host takes part, by what was found of it just now: at planning, when
   * somebody has it looked at again, and before it is offered anything. Who was let through is so
   * for the lock-outs that were accepted, and for no other.
   */
  public void check(Found found, Instant now) {
    this.lockOuts = found.reach().lockOuts();
    boolean accepted = letThrough != null && letThrough.covers(lockOuts);
    if (found.refused() != null) {
      become(HostState.REFUSED, found.refused(), now);
    } else if (!lockOuts.isEmpty() && !accepted) {
      String since = letThrough == null ? "" : "This was not known when it was let through. ";
      become(HostState.REFUSED, since + HostReasons.cutOff(lockOuts), now);
    } else {
      String more = lockOuts.isEmpty() ? found.reach().notKnown() : LET_THROUGH;
      become(HostState.PLANNED, (WAITS + " " + more).strip(), now);
    }
  }

  /** Whether it is refused for nothing but lock-outs, in a rollout that has not started. */
  public boolean isLetThroughPossible() {
    return isLockedOut() && rollout.getState() == RolloutState.DRAFT;
  }

  /** Whether it is refused for nothing but lock-outs. */
  public boolean isLockedOut() {
    return state == HostState.REFUSED && !lockOuts.isEmpty();
  }

  /**
   * Takes it in all the same.
   *
   * @param by the username
   */
  void letThrough(String by, String why, Instant now) {
    this.letThrough = new LetThrough(by, now, why, lockOuts);
    become(HostState.PLANNED, WAITS + " " + LET_THROUGH, now);
  }

  /** The host may fetch its release from now on. */
  public void offered(Offer offer, Instant now) {
    this.releaseDigest = offer.getRelease().getDigest().hex();
    become(HostState.OFFERED, "Waits for the host to fetch its release.", now);
  }

  /** The host cannot take part after all. */
  public void refused(String why, Instant now) {
    become(HostState.REFUSED, why, now);
    this.lockOuts = List.of();
  }

  /** The host has its release; evidence may have spoken before that, and then stands. */
  public void fetched(Instant now) {
    if (state == HostState.OFFERED) {
      become(HostState.FETCHED, "Waits for evidence newer than the offer.", now);
    }
  }

  /** Remembers what failed before the offer, so that it is not held against the rollout. */
  public void failedBefore(Set<String> keys) {
    this.failingBefore = keys.stream().sorted().toList();
  }

  /**
   * The host's newest evidence was judged. Evidence from before the offer changes nothing; what is
   * not known proves nothing; and what fails may be the former release while the host neither
   * fetched this one nor is known to run it.
   */
  public void judged(HostJudged event, Instant now) {
    if (isOutside() || state == HostState.ROLLED_BACK) {
      return;
    }
    ReleaseFindings found = event.findings();
    event
        .reading(Set.copyOf(failingBefore))
        .ifPresent(
            reading -> {
              switch (reading) {
                case GOOD -> verified(found, now);
                case BAD -> failing(found, false, "", now);
                case AS_BEFORE ->
                    failing(found, true, " They failed before this rollout too.", now);
                case OPEN -> open(found, now);
                case FORMER -> former(event.evidence(), now);
                case UNCLEAR -> unclear(event, now);
              }
            });
  }

  private void verified(ReleaseFindings found, Instant now) {
    this.notKnown = Math.toIntExact(found.notKnown());
    this.failedBefore = false;
    become(HostState.VERIFIED, HostReasons.verified(found), now);
  }

  private void failing(ReleaseFindings found, boolean before, String more, Instant now) {
    this.notKnown = Math.toIntExact(found.notKnown());
    this.failedBefore = before && (state != HostState.FAILING || failedBefore);
    become(HostState.FAILING, HostReasons.failing(found) + more, now);
  }

  private void open(ReleaseFindings found, Instant now) {
    if (!isSettled()) {
      become(state, HostReasons.open(found), now);
    }
  }

  /** Evidence names another release: the host runs its former one still, or again. */
  private void former(ReleaseEvidence evidence, Instant now) {
    switch (state) {
      case OFFERED, FETCHED -> become(state, HostReasons.former(state, evidence), now);
      case VERIFIED -> become(HostState.ROLLED_BACK, "The host runs another release again.", now);
      default -> {}
    }
  }

  /**
   * Evidence that names no release and shows that something does not hold. From a host that fetched
   * the release it counts, because nothing else may ever come of that host. A host that fetched
   * nothing most likely was not given the release yet, so its rollout waits.
   */
  private void unclear(HostJudged event, Instant now) {
    ReleaseFindings found = event.findings();
    if (!found.failing().isEmpty() && event.evidence().isAfterFetch()) {
      failing(found, false, " The evidence does not name its release.", now);
    } else if (!isSettled()) {
      become(state, HostReasons.unclear(state, event.evidence(), found), now);
    }
  }

  /**
   * The host switched and went back by itself.
   *
   * @param then what became of that
   */
  public void rolledBack(String why, String then, Instant now) {
    if (!isOutside()) {
      become(HostState.ROLLED_BACK, "The host went back by itself: " + why + " " + then, now);
    }
  }

  private boolean isOutside() {
    return state == HostState.PLANNED
        || state == HostState.REFUSED
        || state == HostState.SUPERSEDED;
  }

  private boolean isSettled() {
    return state == HostState.VERIFIED || state == HostState.FAILING;
  }

  /** Another rollout offered the host another release before this one was settled. */
  public void superseded(long by, Instant now) {
    if (!state.isDone()) {
      become(HostState.SUPERSEDED, "Rollout " + by + " has offered it another release since.", now);
    }
  }

  private void become(HostState next, String why, Instant now) {
    if (next != state || !why.equals(reason)) {
      this.state = next;
      this.reason = why;
      this.changedAt = now;
    }
  }

  /** What the host means for the outcome of the rollout. */
  public Effect getEffect() {
    return state == HostState.FAILING && failedBefore ? Effect.NEUTRAL : state.effect();
  }

  /** Of how many settings nothing is known although the host's evidence can contain them. */
  public int getNotKnown() {
    return state == HostState.VERIFIED ? notKnown : 0;
  }

  /** How pages draw the host: its state, told apart where nothing is green about it. */
  public String getLook() {
    if (getNotKnown() > 0) {
      return "verified_partly";
    }
    return getEffect() == Effect.NEUTRAL && state == HostState.FAILING
        ? "failing_before"
        : state.code();
  }

  /** The same in words: {@code Verified, 6 not known}. */
  public String getWord() {
    return getNotKnown() > 0 ? state.word() + ", " + notKnown + " not known" : state.word();
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

  /** What would cut it off, as it was looked at last. */
  public List<LockOut> getLockOuts() {
    return List.copyOf(lockOuts);
  }

  /** Names these lock-outs: another digest, other lock-outs. */
  public String getLockOutDigest() {
    return LockOut.digest(lockOuts);
  }

  /** Who let it take part in spite of lock-outs, or null. */
  public LetThrough getLetThrough() {
    return letThrough;
  }

  /** The digest of the release that was offered, or null. */
  public String getReleaseDigest() {
    return releaseDigest;
  }

  public Instant getChangedAt() {
    return changedAt;
  }
}
