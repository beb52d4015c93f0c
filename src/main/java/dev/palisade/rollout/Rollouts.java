package dev.palisade.rollout;

import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import java.util.List;
import java.util.Optional;

/** The store of rollouts. */
public interface Rollouts {

  /** Newest first. */
  List<Rollout> all();

  Optional<Rollout> find(long id);

  /** The same, locked until the transaction ends. */
  Optional<Rollout> findForChange(long id);

  /**
   * The same, where it must be there.
   *
   * @throws DomainException not found
   */
  default Rollout existingForChange(long id) {
    return findForChange(id)
        .orElseThrow(() -> DomainException.notFound("rollout", String.valueOf(id)));
  }

  /** One host's way through one rollout, locked until the transaction ends. */
  Optional<HostProgress> progressForChange(long rolloutId, Host host);

  /** The host's ways through running rollouts in which more is expected of it, locked. */
  List<HostProgress> openForChange(Host host);

  /** Whether more is expected of some host of the rollout. */
  boolean isOpen(long rolloutId);

  void add(Rollout rollout);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
