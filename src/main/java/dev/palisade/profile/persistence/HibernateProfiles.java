package dev.palisade.profile.persistence;

import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionLine;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;

/** Profiles in PostgreSQL. */
@ApplicationScoped
public class HibernateProfiles implements Profiles {

  @PersistenceContext private EntityManager em;

  @Override
  public List<Profile> all() {
    return em.createQuery("select p from Profile p order by p.slug", Profile.class).getResultList();
  }

  @Override
  public Optional<Profile> find(String slug) {
    return profile(slug).getResultStream().findFirst();
  }

  @Override
  public Optional<Profile> findForChange(String slug) {
    return profile(slug).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
  }

  private TypedQuery<Profile> profile(String slug) {
    return em.createQuery("select p from Profile p where p.slug = :slug", Profile.class)
        .setParameter("slug", slug);
  }

  @Override
  public void add(Profile profile) {
    em.persist(profile);
  }

  @Override
  public List<ProfileVersion> versions(String slug) {
    return em.createQuery(
            "select v from ProfileVersion v where v.profile.slug = :slug order by v.number desc",
            ProfileVersion.class)
        .setParameter("slug", slug)
        .getResultList();
  }

  @Override
  public List<VersionLine> lines() {
    return em.createQuery(
            "select new dev.palisade.profile.VersionLine("
                + "v.profile.slug, v.number, v.state, v.author, v.digest, v.submittedAt,"
                + " case when v.state = :approved and v.emergency.confirmedAt is null"
                + " then v.emergency.until end)"
                + " from ProfileVersion v order by v.profile.slug, v.number desc",
            VersionLine.class)
        .setParameter("approved", VersionState.APPROVED)
        .getResultList();
  }

  @Override
  public Optional<ProfileVersion> version(String slug, int number) {
    return query(slug, number).getResultStream().findFirst();
  }

  @Override
  public Optional<ProfileVersion> versionForChange(String slug, int number) {
    return query(slug, number)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  private TypedQuery<ProfileVersion> query(String slug, int number) {
    return em.createQuery(
            "select v from ProfileVersion v where v.profile.slug = :slug and v.number = :number",
            ProfileVersion.class)
        .setParameter("slug", slug)
        .setParameter("number", number);
  }

  @Override
  public int nextNumber(Profile profile) {
    em.lock(profile, LockModeType.PESSIMISTIC_WRITE);
    return em.createQuery(
            "select coalesce(max(v.number), 0) + 1 from ProfileVersion v where v.profile = :profile",
            Integer.class)
        .setParameter("profile", profile)
        .getSingleResult();
  }

  @Override
  public void add(ProfileVersion version) {
    em.persist(version);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
