package dev.palisade.account;

import java.util.Optional;

/** Answers who a username stands for now. */
public interface People {

  /** The actor; empty when nobody has the name, or who had it is disabled. */
  Optional<Actor> enabled(String username);
}
