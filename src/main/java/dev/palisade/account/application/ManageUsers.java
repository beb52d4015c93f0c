package dev.palisade.account.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Role;
import dev.palisade.account.User;
import dev.palisade.account.Users;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Creates, changes and disables users. */
@ApplicationScoped
public class ManageUsers {

  /**
   * What is to change about a user; null leaves a member as it is.
   *
   * @param password ends every session and personal token when given
   */
  public record Change(
      String displayName, String email, Set<Role> roles, String password, Boolean disabled) {}

  @Inject private Users users;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /** Every user, by username. */
  @Requires(Permission.VIEW_RECORDS)
  @Transactional
  public List<User> list() {
    return users.all();
  }

  @Requires(Permission.VIEW_RECORDS)
  @Transactional
  public User user(String username) {
    return users.find(username).orElseThrow(() -> DomainException.notFound("user", username));
  }

  /**
   * Creates a user.
   *
   * @param password null: the user cannot sign in until one is set
   */
  @Requires(Permission.ADMINISTER)
  @Transactional
  public User create(
      String username, String displayName, String email, Set<Role> roles, String password) {
    User user = new User(username, displayName, clock.instant());
    user.reachBy(email);
    user.grant(roles);
    if (password != null) {
      user.choose(password, clock.instant());
    }
    if (users.find(username).isPresent()) {
      throw new DomainException(
          Problem.ALREADY_EXISTS, "There is a user “" + username + "” already.");
    }
    users.add(user);
    users.flush();
    acts.record("user.created", "user", username, Map.of("roles", codes(user)));
    return user;
  }

  /** Changes a user; a disabled one is out at the next request. */
  @Requires(Permission.ADMINISTER)
  @Transactional
  public User change(String username, Change change) {
    User user = user(username);
    if (user.isSystem()) {
      throw new DomainException(
          Problem.CONFLICT, "“" + username + "” is the portal's own account and stays as it is.");
    }
    boolean losesAdministration =
        Boolean.TRUE.equals(change.disabled())
            || (change.roles() != null && !change.roles().contains(Role.ADMINISTRATOR));
    if (losesAdministration && username.equals(actor.getName())) {
      throw new DomainException(
          Problem.CONFLICT,
          "Another administrator must take this away from you, so that one always remains.");
    }
    if (change.displayName() != null) {
      user.rename(change.displayName());
    }
    if (change.email() != null) {
      user.reachBy(change.email());
    }
    if (change.roles() != null) {
      user.grant(change.roles());
    }
    if (change.password() != null) {
      user.choose(change.password(), clock.instant());
      users.revokeTokens(user, clock.instant());
    }
    if (Boolean.TRUE.equals(change.disabled())) {
      user.disable(clock.instant());
      users.revokeTokens(user, clock.instant());
    } else if (Boolean.FALSE.equals(change.disabled())) {
      user.enable();
    }
    users.flush();
    acts.record(
        "user.changed",
        "user",
        username,
        Map.of(
            "roles",
            codes(user),
            "disabled",
            user.getDisabledAt() != null,
            "passwordChanged",
            change.password() != null));
    return user;
  }

  private static Set<String> codes(User user) {
    Set<String> codes = new TreeSet<>();
    user.getRoles().forEach(role -> codes.add(role.code()));
    return codes;
  }
}
