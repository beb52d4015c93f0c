package dev.palisade.account;

import dev.palisade.core.DomainException;
import dev.palisade.core.Words;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A person who may sign in, or the portal's own account, which cannot. Users are disabled, never
 * deleted: the journal and the approvals name them.
 */
@Entity
@Table(name = "account_user")
public class User {

  private static final Pattern USERNAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");
  private static final int NAME_LENGTH = 200;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String username;

  @Column(name = "display_name")
  private String displayName;

  private String email;

  @Column(name = "password_hash")
  private String passwordHash;

  private boolean system;

  @Column(name = "password_set_at")
  private Instant passwordSetAt;

  @Column(name = "disabled_at")
  private Instant disabledAt;

  @Column(name = "created_at")
  private Instant createdAt;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "account_role", joinColumns = @JoinColumn(name = "user_id"))
  @Column(name = "role")
  private Set<Role> roles = new HashSet<>();

  @Version private int version;

  protected User() {}

  public User(String username, String displayName, Instant now) {
    if (username == null || !USERNAME.matcher(username).matches()) {
      throw DomainException.notValid(
          "/username",
          "A username begins with a letter and has 1 to 63 lower-case letters, digits, dots, hyphens"
              + " and underscores.");
    }
    this.username = username;
    this.createdAt = now;
    rename(displayName);
  }

  public final void rename(String newDisplayName) {
    this.displayName = Words.line("/displayName", newDisplayName, NAME_LENGTH);
  }

  /** Null or empty means: none. */
  public void reachBy(String newEmail) {
    if (newEmail == null || newEmail.isBlank()) {
      this.email = null;
    } else if (EMAIL.matcher(newEmail.strip()).matches()) {
      this.email = newEmail.strip();
    } else {
      throw DomainException.notValid("/email", "An address looks like name@example.org.");
    }
  }

  public void grant(Set<Role> newRoles) {
    roles.clear();
    roles.addAll(newRoles);
  }

  /** Takes a new password; sessions that the old one began end with it. */
  public void choose(String password, Instant now) {
    this.passwordHash = Password.hash(password);
    this.passwordSetAt = now;
  }

  /** Whether a session that began then is still this person's. */
  public boolean mayContinue(Instant began) {
    return isEnabledPerson() && passwordSetAt != null && !began.isBefore(passwordSetAt);
  }

  public void disable(Instant now) {
    if (disabledAt == null) {
      this.disabledAt = now;
    }
  }

  public void enable() {
    this.disabledAt = null;
  }

  /** Whether this is a person who may act now. */
  public boolean isEnabledPerson() {
    return !system && disabledAt == null;
  }

  /** Whether one enabled person writes versions and another one may approve them. */
  public static boolean canApproveEachOther(List<User> users) {
    return users.stream()
        .filter(author -> author.isEnabledPerson() && author.getRoles().contains(Role.AUTHOR))
        .anyMatch(
            author ->
                users.stream()
                    .anyMatch(
                        other ->
                            other.isEnabledPerson()
                                && other.getRoles().contains(Role.APPROVER)
                                && !other.getUsername().equals(author.getUsername())));
  }

  public Actor actor() {
    return Actor.person(username, displayName, getRoles());
  }

  public Long id() {
    return id;
  }

  public String getUsername() {
    return username;
  }

  public String getDisplayName() {
    return displayName;
  }

  /** May be null. */
  public String getEmail() {
    return email;
  }

  /** See {@link Password}; null for an account that cannot sign in. */
  public String getPasswordHash() {
    return passwordHash;
  }

  public boolean isSystem() {
    return system;
  }

  public Instant getDisabledAt() {
    return disabledAt;
  }

  public Instant getCreatedAt() {
    return createdAt;
  }

  public Set<Role> getRoles() {
    return roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles);
  }
}
