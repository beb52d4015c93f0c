package dev.palisade.account.application;

import dev.palisade.account.Actor;
import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Open;
import dev.palisade.account.Password;
import dev.palisade.account.People;
import dev.palisade.account.Secret;
import dev.palisade.account.TokenAuthority;
import dev.palisade.account.User;
import dev.palisade.account.Users;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Lets a person in, by password or by a personal token that a password bought. */
@ApplicationScoped
public class SignIn implements TokenAuthority, People {

  /** How long a personal token lives. */
  public static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private static final String TOKEN_PREFIX = "pu_";

  /** A personal token, the one time it is known. */
  public record Issued(Secret token, Instant expiresAt) {}

  @Inject private Users users;
  @Inject private CurrentActor current;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Makes a person the current actor.
   *
   * @throws DomainException {@link Problem#NOT_AUTHENTICATED}, in the same words and time for every
   *     cause
   */
  @Open("Who signs in has proven nothing yet")
  @Transactional
  public Actor withPassword(String username, String password) {
    Actor actor = enter(username, password).actor();
    acts.record("user.signed-in", "user", actor.name());
    return actor;
  }

  /** Gives a person a token for the API; the same refusal as for a sign-in. */
  @Open("Who signs in has proven nothing yet")
  @Transactional
  public Issued token(String username, String password) {
    User user = enter(username, password);
    Secret token = Secret.fresh(TOKEN_PREFIX);
    Instant expires = clock.instant().plus(TOKEN_LIFE);
    users.addToken(user, token.hash(), clock.instant(), expires);
    acts.record(
        "user.token-issued", "user", user.getUsername(), Map.of("expiresAt", expires.toString()));
    return new Issued(token, expires);
  }

  @Open("Authentication asks before anybody is known")
  @Override
  @Transactional
  public Optional<Actor> inSession(String username, Instant began) {
    return users.find(username).filter(user -> user.mayContinue(began)).map(User::actor);
  }

  @Open("Authentication asks before anybody is known")
  @Override
  @Transactional
  public Optional<Actor> holderOf(String token) {
    return users
        .byTokenHash(new Secret(token).hash(), clock.instant())
        .filter(User::isEnabledPerson)
        .map(User::actor);
  }

  private User enter(String username, String password) {
    Optional<User> user = username == null ? Optional.empty() : users.find(username.strip());
    String hash = user.map(User::getPasswordHash).orElse(null);
    if (!Password.matches(password == null ? "" : password, hash)
        || !user.orElseThrow().isEnabledPerson()) {
      throw new DomainException(
          Problem.NOT_AUTHENTICATED, "The username or the password is not right.");
    }
    current.become(user.get().actor());
    return user.get();
  }
}
