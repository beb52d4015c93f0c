package dev.palisade.rollout;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Selector;
import dev.palisade.profile.ProfileVersion;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Approved versions on their way to the hosts that a selector picks. Planned, it lists every host
 * and refuses, with the reason, those that cannot take part; started, it offers the others their
 * releases; finished, evidence newer than the offer has spoken on each of them, well or badly.
 */
@Entity
@Table(name = "rollout_rollout")
public class Rollout {

  private static final int NAME_LENGTH = 200;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String name;
  private String selector;
  private RolloutState state;

  @Column(name = "planned_by")
  private String plannedBy;

  @Column(name = "planned_at")
  private Instant plannedAt;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "ended_at")
  private Instant endedAt;

  @ManyToMany(fetch = FetchType.EAGER)
  @JoinTable(
      name = "rollout_version",
      joinColumns = @JoinColumn(name = "rollout_id"),
      inverseJoinColumns = @JoinColumn(name = "version_id"))
  private Set<ProfileVersion> versions = new LinkedHashSet<>();

  @OneToMany(mappedBy = "rollout", cascade = CascadeType.PERSIST)
  private List<HostProgress> hosts = new ArrayList<>();

  @Version private int version;

  protected Rollout() {}

  public Rollout(
      String name,
      Selector selector,
      List<ProfileVersion> versions,
      String plannedBy,
      Instant now) {
    this.name = Words.line("/name", name, NAME_LENGTH);
    this.selector = selector.toString();
    this.versions.addAll(versions);
    this.plannedBy = plannedBy;
    this.plannedAt = now;
    this.state = RolloutState.DRAFT;
  }

  /** Lists a host that will take part. */
  public void plan(Host host, Instant now) {
    hosts.add(new HostProgress(this, host, HostState.PLANNED, "Waits for the start.", now));
  }

  /** Lists a host that cannot take part, and why. */
  public void refuse(Host host, String reason, Instant now) {
    hosts.add(new HostProgress(this, host, HostState.REFUSED, reason, now));
  }

  /**
   * Begins to offer.
   *
   * @throws DomainException {@link Problem#NOTHING_TO_DO} when no host can take part
   */
  public void start(Instant now) {
    if (state == RolloutState.DRAFT
        && hosts.stream().noneMatch(h -> h.getState() == HostState.PLANNED)) {
      throw new DomainException(
          Problem.NOTHING_TO_DO,
          hosts.isEmpty()
              ? "The selector “" + selector + "” picks no host."
              : "Every host is refused: " + hosts.get(0).describe());
    }
    become(RolloutState.RUNNING);
    this.startedAt = now;
  }

  /** Ends it when it runs; whether nothing more is expected of any host is the caller's to know. */
  public void finish(Instant now) {
    if (state == RolloutState.RUNNING) {
      become(RolloutState.FINISHED);
      this.endedAt = now;
    }
  }

  /** The only writer of the state. */
  private void become(RolloutState next) {
    if (!state.mayBecome(next)) {
      throw new DomainException(
          Problem.CONFLICT,
          "The rollout is "
              + state.word().toLowerCase(java.util.Locale.ROOT)
              + " and cannot become "
              + next.word().toLowerCase(java.util.Locale.ROOT)
              + ".");
    }
    this.state = next;
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

  public RolloutState getState() {
    return state;
  }

  public String getPlannedBy() {
    return plannedBy;
  }

  public Instant getPlannedAt() {
    return plannedAt;
  }

  public Instant getStartedAt() {
    return startedAt;
  }

  public Instant getEndedAt() {
    return endedAt;
  }

  /** What it carries, by profile. */
  public List<ProfileVersion> getVersions() {
    return versions.stream()
        .sorted(Comparator.comparing((ProfileVersion v) -> v.getProfile().getSlug()))
        .toList();
  }

  /** Every host that the selector picked when it was planned, by name. */
  public List<HostProgress> getHosts() {
    return hosts.stream().sorted(Comparator.comparing(h -> h.getHost().getName())).toList();
  }
}
