package dev.palisade.rollout;

import java.util.List;
import java.util.Optional;

/** The store of rollouts. */
public interface Rollouts {

  /** Newest first. */
  List<Rollout> all();

  Optional<Rollout> find(long id);

  /** The same, locked until the transaction ends. */
  Optional<Rollout> findForChange(long id);

  void add(Rollout rollout);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
