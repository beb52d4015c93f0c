package dev.palisade.fleet.persistence;

import dev.palisade.fleet.EnrolmentToken;
import dev.palisade.fleet.EnrolmentTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Enrolment tokens in PostgreSQL. */
@ApplicationScoped
public class HibernateEnrolmentTokens implements EnrolmentTokens {

  @PersistenceContext private EntityManager em;

  @Override
  public List<EnrolmentToken> all() {
    return em.createQuery("select t from EnrolmentToken t order by t.id desc", EnrolmentToken.class)
        .getResultList();
  }

  @Override
  public Optional<EnrolmentToken> find(long id) {
    return Optional.ofNullable(em.find(EnrolmentToken.class, id));
  }

  @Override
  public Optional<EnrolmentToken> byHashForUse(byte[] hash) {
    return em.createQuery(
            "select t from EnrolmentToken t where t.tokenHash = :hash", EnrolmentToken.class)
        .setParameter("hash", hash)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(EnrolmentToken token) {
    em.persist(token);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
