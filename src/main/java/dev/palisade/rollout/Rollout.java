package dev.palisade.rollout;

import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Selector;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.rollout.HostCheck.Found;
import dev.palisade.rollout.RolloutOutcome.Member;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /** Lists a host, which takes part or is refused by what was found of it. */
  public void plan(Host host, Found found, Instant now) {
    hosts.add(new HostProgress(this, host, found, now));
  }

  /**
   * Takes hosts in that were refused for lock-outs.
   *
   * @param by the username
   * @return their way through this rollout
   * @throws DomainException {@link Problem#CONFLICT} once it has started, {@link Problem#NOT_VALID}
   *     naming each host that is not refused, or for something else
   */
  public List<HostProgress> letThrough(DespiteLockOut despite, String by, Instant now) {
    requireDraft();
    Map<String, HostProgress> byName =
        hosts.stream().collect(Collectors.toMap(h -> h.getHost().getName(), Function.identity()));
    List<HostProgress> let = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < despite.hosts().size(); i++) {
      String name = despite.hosts().get(i);
      HostProgress progress = byName.get(name);
      String obstacle = obstacle(name, progress, despite.seen());
      if (obstacle == null) {
        let.add(progress);
      } else {
        faults.add(new Fault(despite.pointer() + "/hosts/" + i, obstacle));
      }
    }
    if (!faults.isEmpty()) {
      throw new DomainException(Problem.NOT_VALID, faults.get(0).detail(), faults);
    }
    let.forEach(progress -> progress.letThrough(by, despite.reason(), now));
    return let;
  }

  private static String obstacle(String name, HostProgress progress, String seen) {
    if (progress == null) {
      return "The rollout does not list “" + name + "”.";
    }
    if (progress.getState() != HostState.REFUSED) {
      return name + " takes part; there is nothing to let it through for.";
    }
    if (!progress.isLockedOut()) {
      return name
          + " is refused for something that nobody can let through: "
          + progress.getReason();
    }
    return seen == null || seen.equals(progress.getLockOutDigest())
        ? null
        : "What would cut "
            + name
            + " off has changed since you read it. Read it again, then decide: "
            + progress.getReason();
  }

  /** Refuses to change the plan of a rollout that has started. */
  public void requireDraft() {
    if (state != RolloutState.DRAFT) {
      throw new DomainException(
          Problem.CONFLICT,
          "The rollout is "
              + state.word().toLowerCase(Locale.ROOT)
              + "; its plan does not change any more. Plan another one.");
    }
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
              + state.word().toLowerCase(Locale.ROOT)
              + " and cannot become "
              + next.word().toLowerCase(Locale.ROOT)
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

  /** How it came out; null before it has ended. */
  public RolloutOutcome getOutcome() {
    return state == RolloutState.FINISHED || state == RolloutState.ABORTED
        ? RolloutOutcome.of(
            hosts.stream().map(h -> new Member(h.getEffect(), h.getNotKnown())).toList())
        : null;
  }

  /** How pages draw it: a finished one by its outcome. */
  public String getLook() {
    return state == RolloutState.FINISHED ? "finished_" + getOutcome().code() : state.code();
  }

  /** The same in words: {@code Finished, with failures}. */
  public String getWord() {
    return state == RolloutState.FINISHED
        ? state.word() + ", " + getOutcome().word()
        : state.word();
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
