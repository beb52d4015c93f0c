package dev.palisade.account;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who is acting: a person, a host, a machine that fetches for hosts, the portal itself, or nobody
 * yet.
 *
 * @param name the username or the host's name
 * @param displayName the name that pages show
 */
public record Actor(Kind kind, String name, String displayName, Set<Permission> permissions)
    implements Serializable {

  /** What kind of actor this is; the journal keeps it. */
  public enum Kind {
    PERSON,
    HOST,
    DELIVERY,
    SYSTEM,
    NOBODY
  }

  /** Nobody has signed in. */
  public static final Actor NOBODY = new Actor(Kind.NOBODY, "", "", Set.of());

  /**
   * The portal's own account: it writes the shipped profiles and cannot sign in, decide or operate.
   * It counts as one person, so a shipped version needs one human approver beside it.
   */
  public static final Actor PORTAL =
      new Actor(
          Kind.SYSTEM,
          "portal",
          "Portal",
          EnumSet.of(Permission.VIEW, Permission.AUTHOR_PROFILES, Permission.SIGN_STATEMENTS));

  public Actor {
    permissions = Set.copyOf(permissions);
  }

  public static Actor person(String username, String displayName, Set<Role> roles) {
    EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
    roles.forEach(role -> permissions.addAll(role.permissions()));
    return new Actor(Kind.PERSON, username, displayName, permissions);
  }

  public static Actor host(String name) {
    return new Actor(
        Kind.HOST, name, name, EnumSet.of(Permission.SEND_EVIDENCE, Permission.FETCH_RELEASES));
  }

  /**
   * Whoever holds a token that fetches for many hosts.
   *
   * @param name one that no host can have
   * @param displayName what the token is called
   */
  public static Actor delivery(String name, String displayName) {
    return new Actor(Kind.DELIVERY, name, displayName, EnumSet.of(Permission.FETCH_RELEASES));
  }

  /** A host that nobody has let in yet: it is known, and may do nothing. */
  public static Actor pendingHost(String name) {
    return new Actor(Kind.HOST, name, name, Set.of());
  }

  public boolean can(Permission permission) {
    return permissions.contains(permission);
  }
}
