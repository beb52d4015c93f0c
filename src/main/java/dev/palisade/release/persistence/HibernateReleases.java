package dev.palisade.release.persistence;

import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import dev.palisade.release.Fetches;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Releases and offers in PostgreSQL. An offer is inserted when it is added; so what a rollout asks
 * for each of its hosts needs no look over all that the rollout has loaded.
 */
@ApplicationScoped
public class HibernateReleases implements Releases {

  private static final String FETCHES =
      """
      select (select min(f.offered_at) from release_offer f
               where f.host_id = :host and f.release_digest = :digest
                 and f.number > coalesce((select max(number) from release_offer
                                           where host_id = :host and release_digest <> :digest), 0)),
             min(o.fetched_at) filter (where o.release_digest = :digest
                                         and (a.at is null or o.fetched_at >= a.at)), a.at
        from (select max(fetched_at) as at from release_offer
               where host_id = :host and release_digest <> :digest and fetched_at is not null) a
        left join release_offer o on o.host_id = :host and o.fetched_at is not null
       group by a.at
      """;

  private static final String EARLIER =
      "select o from Offer o join fetch o.release where o.host = :host and o.number < :number"
          + " and o.release <> :release order by o.number desc";

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
  public void serialise(Host host) {
    em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtext('offer'), :host)) l")
        .setParameter("host", host.id().intValue())
        .setFlushMode(FlushModeType.COMMIT)
        .getSingleResult();
  }

  @Override
  public Optional<Offer> lastOffer(Host host) {
    return em.createQuery(
            "select o from Offer o join fetch o.release where o.host = :host order by o.number desc",
            Offer.class)
        .setParameter("host", host)
        .setMaxResults(1)
        .setFlushMode(FlushModeType.COMMIT)
        .getResultStream()
        .findFirst();
  }

  @Override
  public Fetches fetches(Host host, Digest digest) {
    Object[] row =
        (Object[])
            em.createNativeQuery(FETCHES)
                .setParameter("host", host.id())
                .setParameter("digest", digest.hex())
                .setFlushMode(FlushModeType.COMMIT)
                .getSingleResult();
    return new Fetches((Instant) row[0], (Instant) row[1], (Instant) row[2]);
  }

  @Override
  public List<Offer> offers(Host host, Digest digest) {
    return em.createQuery(
            "select o from Offer o join fetch o.release where o.host = :host"
                + " and o.release.digest = :digest order by o.number desc",
            Offer.class)
        .setParameter("host", host)
        .setParameter("digest", digest.hex())
        .getResultList();
  }

  @Override
  public List<Offer> earlier(Offer offer) {
    return before(offer).getResultList();
  }

  @Override
  public Optional<Offer> lastBefore(Offer offer) {
    return before(offer)
        .setMaxResults(1)
        .setFlushMode(FlushModeType.COMMIT)
        .getResultStream()
        .findFirst();
  }

  private TypedQuery<Offer> before(Offer offer) {
    return em.createQuery(EARLIER, Offer.class)
        .setParameter("host", offer.getHost())
        .setParameter("number", offer.getNumber())
        .setParameter("release", offer.getRelease());
  }

  @Override
  public List<Offer> offers(Digest digest) {
    return em.createQuery(
            "select o from Offer o join fetch o.host where o.release.digest = :digest"
                + " order by o.number desc",
            Offer.class)
        .setParameter("digest", digest.hex())
        .getResultList();
  }

  /** A release that many hosts share is read once, not once for each of them. */
  @Override
  public List<Offer> lastOffers() {
    return em.createQuery(
            "select o from Offer o join fetch o.host where not exists"
                + " (select n from Offer n where n.host = o.host and n.number > o.number)",
            Offer.class)
        .getResultStream()
        .sorted(Comparator.comparing(offer -> offer.getHost().getName()))
        .toList();
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
