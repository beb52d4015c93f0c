package dev.palisade.profile.persistence;

import dev.palisade.core.Digest;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.ReviewComment;
import dev.palisade.profile.Reviews;
import dev.palisade.profile.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Submissions and comments in PostgreSQL. */
@ApplicationScoped
public class HibernateReviews implements Reviews {

  @PersistenceContext private EntityManager em;

  @Override
  public void add(ReviewComment comment) {
    em.persist(comment);
  }

  @Override
  public List<ReviewComment> comments(ProfileVersion version) {
    return em.createQuery(
            "select c from ReviewComment c where c.about.id = :version order by c.id",
            ReviewComment.class)
        .setParameter("version", version.id())
        .getResultList();
  }

  @Override
  public List<ReviewComment> comments(Profile profile) {
    return em.createQuery(
            "select c from ReviewComment c where c.about.profile = :profile order by c.id",
            ReviewComment.class)
        .setParameter("profile", profile)
        .getResultList();
  }

  @Override
  public void add(Submission submission) {
    em.persist(submission);
  }

  @Override
  public List<Submission> submissions(ProfileVersion version) {
    return em.createQuery(
            "select s from Submission s where s.submitted.id = :version order by s.id desc",
            Submission.class)
        .setParameter("version", version.id())
        .getResultList();
  }

  @Override
  public Optional<Submission> submission(ProfileVersion version, Digest digest) {
    return em.createQuery(
            "select s from Submission s where s.submitted.id = :version and s.digest = :digest"
                + " order by s.id desc",
            Submission.class)
        .setParameter("version", version.id())
        .setParameter("digest", digest.hex())
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }
}
