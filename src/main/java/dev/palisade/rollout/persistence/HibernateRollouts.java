package dev.palisade.rollout.persistence;

import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Rollouts in PostgreSQL. */
@ApplicationScoped
public class HibernateRollouts implements Rollouts {

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
  public void add(Rollout rollout) {
    em.persist(rollout);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
