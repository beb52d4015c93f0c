package dev.palisade.release.persistence;

import dev.palisade.release.Offer;
import dev.palisade.release.Statement;
import dev.palisade.release.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Statements in PostgreSQL. */
@ApplicationScoped
public class HibernateStatements implements Statements {

  @PersistenceContext private EntityManager em;

  @Override
  public Optional<Statement> newest(Offer offer) {
    return em.createQuery(
            "select s from Statement s where s.offer = :offer order by s.issuedAt desc, s.id desc",
            Statement.class)
        .setParameter("offer", offer)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(Statement statement) {
    em.persist(statement);
  }

  @Override
  public List<Offer> due(String keyId, Instant since, long after, int most) {
    return em.createQuery(
            "select o from Offer o join fetch o.release join fetch o.host where o.id > :after"
                + " and not exists (select n from Offer n where n.host = o.host and n.number > o.number)"
                + " and not exists (select s from Statement s where s.offer = o and s.keyId = :key"
                + " and s.issuedAt > :since) order by o.id",
            Offer.class)
        .setParameter("after", after)
        .setParameter("key", keyId)
        .setParameter("since", since)
        .setMaxResults(most)
        .getResultList();
  }

  @Override
  public boolean claimRenewal() {
    return (Boolean)
        em.createNativeQuery("select pg_try_advisory_xact_lock(hashtext('statement renewal'))")
            .getSingleResult();
  }
}
