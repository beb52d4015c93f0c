package dev.palisade.assignment;

import dev.palisade.catalog.SettingValue;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import dev.palisade.fleet.Host;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * For a while, a setting need not hold on some hosts as it was approved. An operator asks, somebody
 * else who may decide approves, and it ends by itself. Its hosts are those that were there when it
 * was asked for: some may leave, none joins. The database repeats all of it in triggers.
 */
@Entity
@Table(name = "assignment_waiver")
public class Waiver {

  /** No waiver lasts longer. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final int TEXT_LENGTH = 10_000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne
  @JoinColumn(name = "host_id", updatable = false)
  private Host host;

  @Column(name = "group_slug", updatable = false)
  private String groupSlug;

  @Column(name = "key", updatable = false)
  private String settingKey;

  @Column(updatable = false)
  private WaiverEffect effect;

  @Column(name = "value", updatable = false)
  private String valueText;

  @Column(updatable = false)
  private String reason;

  @Column(name = "requested_by", updatable = false)
  private String requestedBy;

  @Column(name = "requested_at", updatable = false)
  private Instant requestedAt;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  private WaiverState state;

  @Column(name = "decided_by")
  private String decidedBy;

  @Column(name = "decided_at")
  private Instant decidedAt;

  private String comment;

  @Column(name = "by_requester")
  private boolean byRequester;

  @Column(name = "ended_by")
  private String endedBy;

  @Column(name = "ended_at")
  private Instant endedAt;

  @ManyToMany
  @JoinTable(
      name = "assignment_waiver_host",
      joinColumns = @JoinColumn(name = "waiver_id"),
      inverseJoinColumns = @JoinColumn(name = "host_id"))
  private Set<Host> hosts;

  protected Waiver() {}

  /**
   * What is asked for; {@link WaiverCheck} has looked at it.
   *
   * @param value null unless the effect gives one
   */
  public record Terms(
      String key, WaiverEffect effect, SettingValue value, String reason, Instant expiresAt) {}

  /** A waiver for one host. */
  public Waiver(Host host, Terms terms, String person, Instant now) {
    this(terms, person, now);
    this.host = host;
    this.hosts = new HashSet<>(Set.of(host));
  }

  /** A waiver for the hosts that a group has now. */
  public Waiver(String groupSlug, List<Host> hosts, Terms terms, String person, Instant now) {
    this(terms, person, now);
    this.groupSlug = groupSlug;
    this.hosts = new HashSet<>(hosts);
  }

  private Waiver(Terms terms, String person, Instant now) {
    this.settingKey = terms.key();
    this.effect = terms.effect();
    this.valueText = terms.value() == null ? null : terms.value().toJson().toString();
    this.reason = checkedReason(terms.reason());
    this.expiresAt = checkedExpiry(terms.expiresAt(), now);
    this.requestedBy = person;
    this.requestedAt = now;
    this.state = WaiverState.REQUESTED;
  }

  /** Why a waiver is asked for. */
  static String checkedReason(String reason) {
    return Words.said("/reason", reason, TEXT_LENGTH, "Say why it need not hold.");
  }

  /** The end of a waiver that is asked for now. */
  static Instant checkedExpiry(Instant expiresAt, Instant now) {
    if (expiresAt == null || !expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
      throw DomainException.notValid(
          "/expiresAt",
          "A waiver ends in the future, within " + LONGEST.toDays() + " days. Say when.");
    }
    return expiresAt;
  }

  /**
   * Agrees; it holds from now on.
   *
   * @param operates whether who asked for it is an operator still
   * @param alone whether a home of one may decide on what it asked for
   */
  public void approve(String person, String words, boolean operates, boolean alone, Instant now) {
    requireWaiting(now);
    if (!operates) {
      throw new DomainException(
          Problem.CONFLICT,
          "It is void: " + requestedBy + ", who asked for it, is no operator any more.");
    }
    decide(WaiverState.APPROVED, person, Words.text("/comment", words, TEXT_LENGTH), alone, now);
  }

  /** Refuses; the comment is for who asked. */
  public void reject(String person, String words, boolean alone, Instant now) {
    String why =
        Words.said("/comment", words, TEXT_LENGTH, "Say why: who asked for it wants to know.");
    decide(WaiverState.REJECTED, person, why, alone, now);
  }

  private void decide(WaiverState next, String person, String words, boolean alone, Instant now) {
    requireWaiting(now);
    if (person.equals(requestedBy) && !alone) {
      throw new DomainException(
          Problem.SAME_PERSON, person + " asked for it; somebody else decides on it.");
    }
    become(next);
    this.decidedBy = person;
    this.decidedAt = now;
    this.comment = words;
    this.byRequester = person.equals(requestedBy);
  }

  private void requireWaiting(Instant now) {
    if (standing(now) != WaiverState.REQUESTED) {
      throw notNow(now);
    }
  }

  /** Ends it before its time, or takes the request back. */
  public void revoke(String person, Instant now) {
    if (!standing(now).isOpen()) {
      throw notNow(now);
    }
    become(WaiverState.REVOKED);
    this.endedBy = person;
    this.endedAt = now;
  }

  /** Notes that its time has passed, which makes room for another one. */
  void expire(Instant now) {
    if (now.isBefore(expiresAt)) {
      throw new DomainException(Problem.CONFLICT, "The time of this waiver has not passed yet.");
    }
    become(WaiverState.EXPIRED);
    this.endedAt = expiresAt;
  }

  /** The only writer of the state. */
  private void become(WaiverState next) {
    if (!state.mayBecome(next)) {
      throw new DomainException(
          Problem.CONFLICT, "This waiver is " + state.code() + " and stays so.");
    }
    this.state = next;
  }

  private DomainException notNow(Instant now) {
    return new DomainException(
        Problem.CONFLICT,
        "This waiver is " + standing(now).code() + "; nothing is to be decided on it any more.");
  }

  /** Leaves those of its hosts that the predicate holds; returns the names of the others. */
  Set<String> keep(Predicate<Host> staying) {
    Set<String> leaving = new TreeSet<>();
    hosts.stream().filter(staying.negate()).forEach(host -> leaving.add(host.getName()));
    hosts.removeIf(staying.negate());
    return leaving;
  }

  /** Its state, or expired where only time has said so. */
  public WaiverState standing(Instant now) {
    return state.isOpen() && !now.isBefore(expiresAt) ? WaiverState.EXPIRED : state;
  }

  /** {@code host atlas} or {@code group edge}. */
  public String describeTarget() {
    return host != null ? "host " + host.getName() : "group " + groupSlug;
  }

  /** What it does, in half a sentence: {@code give it another value: 1}. */
  public String describe() {
    return effect.words() + (valueText == null ? "" : ": " + value().display());
  }

  public Long getId() {
    return id;
  }

  /** The host that it is for, or null where it is for a group's. */
  public Host getHost() {
    return host;
  }

  /** What the group was called, or null. */
  public String getGroupSlug() {
    return groupSlug;
  }

  /** The names of its hosts, in order. */
  public Set<String> hostNames() {
    return hosts.stream().map(Host::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  public String getKey() {
    return settingKey;
  }

  public WaiverEffect getEffect() {
    return effect;
  }

  /** Whether somebody approved it, even if it has ended since. */
  public boolean wasApproved() {
    return decidedBy != null && state != WaiverState.REJECTED;
  }

  /** Its state as it was last written; see {@link #standing}. */
  public WaiverState getState() {
    return state;
  }

  /** Null unless the effect gives one. */
  public SettingValue value() {
    return valueText == null
        ? null
        : SettingValue.fromJson(CanonicalJson.read(valueText), "/value");
  }

  public String getReason() {
    return reason;
  }

  /** The username. */
  public String getRequestedBy() {
    return requestedBy;
  }

  public Instant getRequestedAt() {
    return requestedAt;
  }

  public Instant getExpiresAt() {
    return expiresAt;
  }

  /** The username, or null while nobody has. */
  public String getDecidedBy() {
    return decidedBy;
  }

  public Instant getDecidedAt() {
    return decidedAt;
  }

  /** What was said with the decision; may be empty or null. */
  public String getComment() {
    return comment;
  }

  /** Whether who asked for it decided on it, in single-operator mode. */
  public boolean isByRequester() {
    return byRequester;
  }

  /** Who revoked it, or null. */
  public String getEndedBy() {
    return endedBy;
  }

  /** When it was revoked, or found to have expired; null before. */
  public Instant getEndedAt() {
    return endedAt;
  }
}
