package dev.palisade.fleet;

import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.ssh.SshPublicKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A machine that is meant to hold what was approved. Its token proves who sends evidence and
 * fetches releases.
 */
@Entity
@Table(name = "fleet_host")
public class Host {

  /** How long a token still works after it was replaced. */
  public static final Duration TOKEN_GRACE = Duration.ofHours(24);

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-z]([a-z0-9_-]{0,62})");
  private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9._:/-]{1,253}");
  private static final int MOST_LABELS = 64;
  private static final int MOST_FACTS = 64;

  /** Whether an operator has let it in. */
  public enum State {
    PENDING("pending"),
    ACCEPTED("accepted");

    private final String code;

    State(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String name;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> labels;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> parameters = Map.of();

  @Column(name = "token_hash")
  private byte[] tokenHash;

  @Column(name = "token_issued_at")
  private Instant tokenIssuedAt;

  @Column(name = "former_token_hash")
  private byte[] formerTokenHash;

  @Column(name = "former_token_expires")
  private Instant formerTokenExpires;

  private String state = State.ACCEPTED.code();

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> facts = Map.of();

  @Column(name = "ssh_host_key")
  private String sshHostKey;

  @Column(name = "registered_at")
  private Instant registeredAt;

  @Column(name = "registered_by")
  private String registeredBy;

  @Version private int version;

  protected Host() {}

  public Host(
      String name, Map<String, String> labels, Secret token, String registeredBy, Instant now) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw DomainException.notValid(
          "/name",
          "A host name has 1 to 253 lower-case letters, digits, dots and hyphens, and begins and ends with"
              + " a letter or digit.");
    }
    this.name = name;
    label(labels);
    this.tokenHash = token.hash();
    this.tokenIssuedAt = now;
    this.registeredBy = registeredBy;
    this.registeredAt = now;
  }

  /**
   * A host that enrols itself.
   *
   * @param enrolment whose labels it gets, and whose maker answers for it
   * @param facts what it says of itself
   */
  public static Host enrolled(
      String name, EnrolmentToken enrolment, Map<String, String> facts, Secret token, Instant now) {
    Host host = new Host(name, enrolment.getLabels(), token, enrolment.getCreatedBy(), now);
    host.facts = checkedFacts(facts);
    host.state = enrolment.isAutoAccept() ? State.ACCEPTED.code() : State.PENDING.code();
    return host;
  }

  private static Map<String, String> checkedFacts(Map<String, String> facts) {
    Map<String, String> checked = facts == null ? Map.of() : facts;
    if (checked.size() > MOST_FACTS) {
      throw DomainException.notValid("/facts", "At most " + MOST_FACTS + " facts are accepted.");
    }
    checked.forEach(
        (fact, value) -> {
          if (!LABEL_NAME.matcher(fact).matches()
              || value == null
              || !LABEL_VALUE.matcher(value).matches()) {
            throw DomainException.notValid(
                "/facts",
                "A fact has a name of 1 to 63 lower-case letters, digits, hyphens and underscores, and a"
                    + " value of 1 to 253 letters, digits and . _ : / - only.");
          }
        });
    return new TreeMap<>(checked);
  }

  /** Lets a host in that enrolled itself; true when it was not in before. */
  public boolean accept() {
    boolean waited = getState() == State.PENDING;
    this.state = State.ACCEPTED.code();
    return waited;
  }

  /** Pins the key that signs its evidence from now on; null takes any pin away. */
  public void pin(SshPublicKey key) {
    this.sshHostKey = key == null ? null : key.line();
  }

  /** Replaces all labels. */
  public final void label(Map<String, String> next) {
    this.labels = checkedLabels(next);
  }

  /**
   * Labels as they may be kept.
   *
   * @throws DomainException with one fault per bad label
   */
  static Map<String, String> checkedLabels(Map<String, String> next) {
    Map<String, String> checked = next == null ? Map.of() : next;
    List<Fault> faults = new ArrayList<>();
    if (checked.size() > MOST_LABELS) {
      faults.add(new Fault("/labels", "At most " + MOST_LABELS + " labels are accepted."));
    }
    checked.forEach(
        (label, value) -> {
          if (!LABEL_NAME.matcher(label).matches()) {
            faults.add(
                new Fault(
                    "/labels",
                    "A label's name has 1 to 63 lower-case letters, digits, hyphens and underscores, and begins"
                        + " with a letter."));
          }
          if (value == null || !LABEL_VALUE.matcher(value).matches()) {
            faults.add(
                new Fault(
                    "/labels", "A label's value has 1 to 253 letters, digits and . _ : / - only."));
          }
        });
    if (!faults.isEmpty()) {
      throw new DomainException(Problem.NOT_VALID, faults.get(0).detail(), faults);
    }
    return new TreeMap<>(checked);
  }

  /**
   * Replaces all values that profiles leave to the operator. Whether a profile accepts them is not
   * known here; see {@link ParametersSupplied}.
   */
  public final void supply(Map<String, String> next) {
    this.parameters = SuppliedValues.checked(next);
  }

  /** Gives the host another token; the present one lives on for {@link #TOKEN_GRACE}. */
  public void rotateToken(Secret next, Instant now) {
    this.formerTokenHash = tokenHash;
    this.formerTokenExpires = now.plus(TOKEN_GRACE);
    this.tokenHash = next.hash();
    this.tokenIssuedAt = now;
  }

  public Long id() {
    return id;
  }

  public String getName() {
    return name;
  }

  /** By label name. */
  public Map<String, String> getLabels() {
    return new TreeMap<>(labels);
  }

  /** What the operator supplies to profiles, by the parameter's name. */
  public Map<String, String> getParameters() {
    return new TreeMap<>(parameters);
  }

  /** What it said of itself when it enrolled. */
  public Map<String, String> getFacts() {
    return new TreeMap<>(facts);
  }

  public State getState() {
    return state.equals(State.PENDING.code()) ? State.PENDING : State.ACCEPTED;
  }

  /** The key that signs its evidence, where one is pinned. */
  public Optional<SshPublicKey> pinnedKey() {
    return Optional.ofNullable(sshHostKey).map(line -> SshPublicKey.read("/sshHostKey", line));
  }

  public Instant getTokenIssuedAt() {
    return tokenIssuedAt;
  }

  /** Until when the token before the last rotation works, or null. */
  public Instant getFormerTokenExpires() {
    return formerTokenExpires;
  }

  public Instant getRegisteredAt() {
    return registeredAt;
  }

  public String getRegisteredBy() {
    return registeredBy;
  }
}
