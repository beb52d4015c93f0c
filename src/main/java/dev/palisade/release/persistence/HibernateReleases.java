package dev.palisade.release.persistence;

import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Releases and offers in PostgreSQL. */
@ApplicationScoped
public class HibernateReleases implements Releases {

  @PersistenceContext private EntityManager em;

  @Override
  public Optional<Release> find(Digest digest) {
    return Optional.ofNullable(em.find(Release.class, digest.hex()));
  }

  @Override
  public void add(Release release) {
    em.persist(release);
  }

  @Override
  public Optional<Offer> lastOffer(Host host) {
    return em.createQuery(
            "select o from Offer o join fetch o.release where o.host = :host order by o.number desc",
            Offer.class)
        .setParameter("host", host)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  @Override
  public List<Offer> lastOffers() {
    return em.createQuery(
            "select o from Offer o join fetch o.host join fetch o.release where o.number ="
                + " (select max(n.number) from Offer n where n.host = o.host) order by o.host.name",
            Offer.class)
        .getResultList();
  }

  @Override
  public List<Offer> offers(Host host) {
    return em.createQuery(
            "select o from Offer o join fetch o.release where o.host = :host order by o.number desc",
            Offer.class)
        .setParameter("host", host)
        .getResultList();
  }

  @Override
  public void add(Offer offer) {
    em.persist(offer);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
