package dev.palisade.account.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Open;
import dev.palisade.account.Role;
import dev.palisade.account.User;
import dev.palisade.account.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Set;

/** Makes the account {@code admin} in an installation without any administrator. */
@ApplicationScoped
public class FirstAdministrator {

  public static final String USERNAME = "admin";

  @Inject private Users users;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Creates the account unless somebody is there already.
   *
   * @return whether it was created
   */
  @Open("Runs at the start, before anybody can sign in")
  @Transactional
  public boolean create(String password) {
    if (users.find(USERNAME).isPresent()) {
      return false;
    }
    User admin = new User(USERNAME, "Administrator", clock.instant());
    admin.grant(Set.of(Role.ADMINISTRATOR));
    admin.choose(password, clock.instant());
    users.add(admin);
    users.flush();
    acts.record("user.created", "user", USERNAME);
    return true;
  }
}
