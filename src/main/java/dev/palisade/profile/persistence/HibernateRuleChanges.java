package dev.palisade.profile.persistence;

import dev.palisade.profile.Profile;
import dev.palisade.profile.RuleChange;
import dev.palisade.profile.RuleChangeState;
import dev.palisade.profile.RuleChanges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Rule changes in PostgreSQL. */
@ApplicationScoped
public class HibernateRuleChanges implements RuleChanges {

  @PersistenceContext private EntityManager em;

  @Override
  public List<RuleChange> of(Profile profile) {
    return em.createQuery(
            "select c from RuleChange c where c.profile = :profile order by c.id desc",
            RuleChange.class)
        .setParameter("profile", profile)
        .getResultList();
  }

  @Override
  public Optional<RuleChange> find(Profile profile, long id) {
    return of(profile).stream().filter(change -> change.getId() == id).findFirst();
  }

  @Override
  public Optional<RuleChange> open(Profile profile) {
    return of(profile).stream()
        .filter(change -> change.getState() == RuleChangeState.OPEN)
        .findFirst();
  }

  @Override
  public void add(RuleChange change) {
    em.persist(change);
  }
}
