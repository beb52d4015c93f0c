package dev.palisade.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of users and their personal tokens. */
public interface Users {

  /** Every user, by username, the portal's own account included. */
  List<User> all();

  Optional<User> find(String username);

  /** Whether the name belongs to a person who is not disabled and may decide on reviews. */
  default boolean mayDecide(String username) {
    return find(username)
        .map(user -> user.isEnabledPerson() && user.actor().can(Permission.DECIDE_REVIEWS))
        .orElse(false);
  }

  /** Whether the portal was started for a home of one, who may decide on what they wrote. */
  boolean isSingleOperator();

  void add(User user);

  /** Keeps the hash of a token that belongs to a user until it expires. */
  void addToken(User user, byte[] hash, Instant now, Instant expires);

  /** The user to whom a token belongs that has neither expired nor been revoked. */
  Optional<User> byTokenHash(byte[] hash, Instant now);

  /** Ends every token of a user. */
  void revokeTokens(User user, Instant now);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
