package dev.palisade.fleet.persistence;

import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Hosts in PostgreSQL. */
@ApplicationScoped
public class HibernateHosts implements Hosts {

  @PersistenceContext private EntityManager em;

  @Override
  public List<Host> all() {
    return em.createQuery("select h from Host h", Host.class)
        .getResultStream()
        .sorted(Comparator.comparing(Host::getName))
        .toList();
  }

  @Override
  public Optional<Host> find(String name) {
    return em.createQuery("select h from Host h where h.name = :name", Host.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  @Override
  public Optional<Host> byTokenHash(byte[] hash, Instant now) {
    return em.createQuery(
            "select h from Host h where h.tokenHash = :hash"
                + " or (h.formerTokenHash = :hash and h.formerTokenExpires > :now)",
            Host.class)
        .setParameter("hash", hash)
        .setParameter("now", now)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(Host host) {
    em.persist(host);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
