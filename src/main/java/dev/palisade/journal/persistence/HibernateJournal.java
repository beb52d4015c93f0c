package dev.palisade.journal.persistence;

import dev.palisade.chain.ChainHead;
import dev.palisade.chain.Checkpoint;
import dev.palisade.chain.SignedCheckpoint;
import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalCheckpoint;
import dev.palisade.journal.JournalEntry;
import dev.palisade.journal.JournalFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** The journal in PostgreSQL. */
@ApplicationScoped
public class HibernateJournal implements Journal {

  /** Any number, as long as nothing else in this database locks it. */
  private static final long LOCK = 7_238_011_100_427L;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final String MATCHING =
      " from JournalEntry e where e.number > :after and e.number < :before"
          + " and (:actor is null or e.actor = :actor)"
          + " and (:object is null or e.object = :object)"
          + " and (:act is null or e.act = :act or e.objectKind = :act)"
          + " and (:withoutAct is null or e.act <> :withoutAct)"
          + " and e.at >= :from and e.at < :to";

  @PersistenceContext private EntityManager em;

  @Override
  public ChainHead lock() {
    em.createNativeQuery("select cast(pg_advisory_xact_lock(:key) as text)", String.class)
        .setParameter("key", LOCK)
        .getSingleResult();
    return head();
  }

  @Override
  public ChainHead head() {
    return em.createQuery("select e from JournalEntry e order by e.number desc", JournalEntry.class)
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .map(e -> new ChainHead(e.getNumber(), e.getHash()))
        .orElse(ChainHead.START);
  }

  @Override
  public void append(JournalEntry entry) {
    em.persist(entry);
    em.flush();
  }

  @Override
  public List<JournalEntry> newest(JournalFilter filter, Long before, int most) {
    return list(filter, 0, before, " order by e.number desc", most);
  }

  @Override
  public List<JournalEntry> following(JournalFilter filter, long after, int most) {
    return list(filter, after, null, " order by e.number", most);
  }

  private List<JournalEntry> list(
      JournalFilter filter, long after, Long before, String order, int most) {
    List<JournalEntry> found =
        bind(em.createQuery("select e" + MATCHING + order, JournalEntry.class), filter, after)
            .setParameter("before", before == null ? Long.MAX_VALUE : before)
            .setMaxResults(most)
            .getResultList();
    // Who goes through all of it must not gather all of it.
    found.forEach(em::detach);
    return found;
  }

  @Override
  public long count(JournalFilter filter, long after) {
    return bind(em.createQuery("select count(e)" + MATCHING, Long.class), filter, after)
        .setParameter("before", Long.MAX_VALUE)
        .getSingleResult();
  }

  private static <T> TypedQuery<T> bind(TypedQuery<T> query, JournalFilter filter, long after) {
    return query
        .setParameter("after", after)
        .setParameter("actor", filter.actor())
        .setParameter("object", filter.object())
        .setParameter("act", filter.act())
        .setParameter("withoutAct", filter.withoutAct())
        .setParameter("from", filter.from() == null ? Instant.EPOCH : filter.from())
        .setParameter("to", filter.to() == null ? LATEST : filter.to());
  }

  @Override
  public SignedCheckpoint keep(SignedCheckpoint signed) {
    Checkpoint checkpoint = signed.checkpoint();
    em.createNativeQuery(
            "insert into journal_checkpoint (number, hash, at, key_id, signature)"
                + " values (:number, :hash, :at, :keyId, :signature) on conflict do nothing")
        .setParameter("number", checkpoint.number())
        .setParameter("hash", checkpoint.hash())
        .setParameter("at", checkpoint.at())
        .setParameter("keyId", checkpoint.keyId())
        .setParameter("signature", HexFormat.of().parseHex(signed.signature()))
        .executeUpdate();
    return em.find(
            JournalCheckpoint.class,
            new JournalCheckpoint.Key(checkpoint.number(), checkpoint.keyId()))
        .signed();
  }

  @Override
  public List<SignedCheckpoint> checkpoints() {
    return em.createQuery(
            "select c from JournalCheckpoint c order by c.number, c.keyId", JournalCheckpoint.class)
        .getResultStream()
        .map(JournalCheckpoint::signed)
        .toList();
  }
}
