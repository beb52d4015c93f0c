package dev.palisade.account;

import java.time.Instant;
import java.util.Optional;

/** Answers who a username stands for now. */
public interface People {

  /**
   * The actor of a session.
   *
   * @param began when the session began
   * @return empty when nobody has the name, or who had it is disabled or has another password since
   */
  Optional<Actor> inSession(String username, Instant began);
}
