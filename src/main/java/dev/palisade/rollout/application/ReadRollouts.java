package dev.palisade.rollout.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Reads rollouts and how far their hosts have come. */
@ApplicationScoped
public class ReadRollouts {

  @Inject private Rollouts rollouts;

  /** Newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Rollout> all() {
    return rollouts.all();
  }

  @Requires(Permission.VIEW)
  @Transactional
  public Rollout rollout(long id) {
    return rollouts
        .find(id)
        .orElseThrow(() -> DomainException.notFound("rollout", String.valueOf(id)));
  }
}
