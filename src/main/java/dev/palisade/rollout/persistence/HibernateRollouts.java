package dev.palisade.rollout.persistence;

import dev.palisade.fleet.Host;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.HostState;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.RolloutState;
import dev.palisade.rollout.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rollouts in PostgreSQL. */
@ApplicationScoped
public class HibernateRollouts implements Rollouts {

  private static final List<HostState> OPEN =
      Stream.of(HostState.values()).filter(state -> !state.isDone()).toList();

  @PersistenceContext private EntityManager em;

  @Override
  public List<Rollout> all() {
    return em.createQuery(
            "select distinct r from Rollout r left join fetch r.hosts order by r.id desc",
            Rollout.class)
        .getResultList();
  }

  @Override
  public Optional<Rollout> find(long id) {
    return em.createQuery(
            "select r from Rollout r left join fetch r.hosts where r.id = :id", Rollout.class)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  @Override
  public Optional<Rollout> findForChange(long id) {
    Rollout rollout = em.find(Rollout.class, id);
    if (rollout == null) {
      return Optional.empty();
    }
    em.refresh(rollout, LockModeType.PESSIMISTIC_WRITE);
    return Optional.of(rollout);
  }

  @Override
  public Optional<HostProgress> progressForChange(long rolloutId, Host host) {
    return em.createQuery(
            "select p from HostProgress p where p.rollout.id = :rollout and p.host = :host",
            HostProgress.class)
        .setParameter("rollout", rolloutId)
        .setParameter("host", host)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  @Override
  public List<HostProgress> openForChange(Host host) {
    return em.createQuery(
            "select p from HostProgress p where p.host = :host and p.state in :open"
                + " and p.rollout.state = :running order by p.rollout.id",
            HostProgress.class)
        .setParameter("host", host)
        .setParameter("open", OPEN)
        .setParameter("running", RolloutState.RUNNING)
        .setFlushMode(FlushModeType.COMMIT) // asked for each host of a rollout that starts
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  @Override
  public boolean isOpen(long rolloutId) {
    return em.createQuery(
            "select count(p) > 0 from HostProgress p where p.rollout.id = :rollout and p.state in"
                + " :open",
            Boolean.class)
        .setParameter("rollout", rolloutId)
        .setParameter("open", OPEN)
        .getSingleResult();
  }

  @Override
  public void add(Rollout rollout) {
    em.persist(rollout);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
