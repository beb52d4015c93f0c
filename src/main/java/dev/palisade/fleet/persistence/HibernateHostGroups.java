package dev.palisade.fleet.persistence;

import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.HostGroups;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Groups in PostgreSQL. */
@ApplicationScoped
public class HibernateHostGroups implements HostGroups {

  @PersistenceContext private EntityManager em;

  @Override
  public List<HostGroup> all() {
    return em.createQuery("select g from HostGroup g order by g.slug", HostGroup.class)
        .getResultList();
  }

  @Override
  public Optional<HostGroup> find(String slug) {
    return em.createQuery("select g from HostGroup g where g.slug = :slug", HostGroup.class)
        .setParameter("slug", slug)
        .getResultStream()
        .findFirst();
  }

  @Override
  public void add(HostGroup group) {
    em.persist(group);
  }

  @Override
  public void remove(HostGroup group) {
    em.remove(group);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
