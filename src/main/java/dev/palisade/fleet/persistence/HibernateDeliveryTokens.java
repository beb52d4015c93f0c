package dev.palisade.fleet.persistence;

import dev.palisade.fleet.DeliveryToken;
import dev.palisade.fleet.DeliveryTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Delivery tokens in PostgreSQL. */
@ApplicationScoped
public class HibernateDeliveryTokens implements DeliveryTokens {

  @PersistenceContext private EntityManager em;

  @Override
  public List<DeliveryToken> all() {
    return em.createQuery("select t from DeliveryToken t order by t.id desc", DeliveryToken.class)
        .getResultList();
  }

  @Override
  public Optional<DeliveryToken> find(long id) {
    return Optional.ofNullable(em.find(DeliveryToken.class, id));
  }

  @Override
  public Optional<DeliveryToken> byTokenHash(byte[] hash) {
    return em.createQuery(
            "select t from DeliveryToken t where t.tokenHash = :hash", DeliveryToken.class)
        .setParameter("hash", hash)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(DeliveryToken token) {
    em.persist(token);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
