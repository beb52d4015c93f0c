package dev.palisade.journal.persistence;

import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** The journal in PostgreSQL. */
@ApplicationScoped
public class HibernateJournal implements Journal {

  @PersistenceContext private EntityManager em;

  @Override
  public void append(JournalEntry entry) {
    em.persist(entry);
    em.flush();
  }

  @Override
  public List<JournalEntry> newest(Long before, String object, int most) {
    return em.createQuery(
            "select e from JournalEntry e where e.id < :before"
                + " and (:object is null or e.object = :object) order by e.id desc",
            JournalEntry.class)
        .setParameter("before", before == null ? Long.MAX_VALUE : before)
        .setParameter("object", object)
        .setMaxResults(most)
        .getResultList();
  }

  @Override
  public long count(String object) {
    return em.createQuery(
            "select count(e) from JournalEntry e where :object is null or e.object = :object",
            Long.class)
        .setParameter("object", object)
        .getSingleResult();
  }
}
