package dev.palisade.assignment.persistence;

import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.WaiverEffect;
import dev.palisade.assignment.WaiverFilter;
import dev.palisade.assignment.WaiverInForce;
import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.Waivers;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.CanonicalJson;
import dev.palisade.fleet.Host;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Waivers in PostgreSQL; what is in force is told by the view that verdicts are counted through.
 */
@ApplicationScoped
public class HibernateWaivers implements Waivers {

  private static final List<WaiverState> OPEN =
      Stream.of(WaiverState.values()).filter(WaiverState::isOpen).toList();

  private static final String IN_FORCE =
      "select id, key, effect, cast(value as text), reason, expires_at, host_id"
          + " from assignment_waiver_in_force";

  @PersistenceContext private EntityManager em;

  @Override
  public List<Waiver> list(WaiverFilter filter, Instant now, int offset, int most) {
    String order = filter.endingBefore() == null ? "w.id desc" : "w.expiresAt, w.id";
    return filtered(
            "select w from Waiver w left join fetch w.host", order, filter, now, Waiver.class)
        .setFirstResult(offset)
        .setMaxResults(most)
        .getResultList();
  }

  @Override
  public long count(WaiverFilter filter, Instant now) {
    return filtered("select count(w) from Waiver w", null, filter, now, Long.class)
        .getSingleResult();
  }

  /** A state that only time has written counts as expired, as {@link Waiver#standing} has it. */
  private <T> TypedQuery<T> filtered(
      String select, String order, WaiverFilter filter, Instant now, Class<T> type) {
    Map<String, Object> given = new TreeMap<>();
    StringBuilder where =
        new StringBuilder(
            " where (w.state in :open and w.expiresAt > :now or w.state in :ended"
                + " or :expired = true and w.state in :mayExpire and w.expiresAt <= :now)");
    given.put("open", filter.states().stream().filter(WaiverState::isOpen).toList());
    given.put("ended", filter.states().stream().filter(state -> !state.isOpen()).toList());
    given.put("expired", filter.states().contains(WaiverState.EXPIRED));
    given.put("mayExpire", OPEN);
    given.put("now", now);
    if (filter.host() != null) {
      where.append(" and exists (select h.id from w.hosts h where h.name = :host)");
      given.put("host", filter.host());
    }
    if (filter.key() != null) {
      where.append(" and w.settingKey = :key");
      given.put("key", filter.key());
    }
    if (filter.endingBefore() != null) {
      where.append(" and w.expiresAt < :ending");
      given.put("ending", filter.endingBefore());
    }
    TypedQuery<T> query =
        em.createQuery(select + where + (order == null ? "" : " order by " + order), type);
    given.forEach(query::setParameter);
    return query;
  }

  @Override
  public Map<Long, Long> hostCounts(Collection<Waiver> waivers) {
    Map<Long, Long> counts = new HashMap<>();
    ofHosts("select w.id, count(h)", " group by w.id", waivers)
        .forEach(row -> counts.put((Long) row[0], (Long) row[1]));
    return counts;
  }

  @Override
  public Map<Long, Set<String>> hostNames(Collection<Waiver> waivers) {
    Map<Long, Set<String>> names = new HashMap<>();
    ofHosts("select w.id, h.name", "", waivers)
        .forEach(
            row ->
                names.computeIfAbsent((Long) row[0], any -> new TreeSet<>()).add((String) row[1]));
    return names;
  }

  private List<Object[]> ofHosts(String select, String grouped, Collection<Waiver> waivers) {
    return em.createQuery(
            select + " from Waiver w join w.hosts h where w in :waivers" + grouped, Object[].class)
        .setParameter("waivers", waivers)
        .getResultList();
  }

  @Override
  public List<Waiver> of(Host host) {
    return em.createQuery(
            "select w from Waiver w left join fetch w.host where :host member of w.hosts"
                + " order by w.id desc",
            Waiver.class)
        .setParameter("host", host)
        .getResultList();
  }

  @Override
  public Optional<Waiver> find(long id) {
    return Optional.ofNullable(em.find(Waiver.class, id));
  }

  @Override
  public Optional<Waiver> findForChange(long id) {
    Waiver waiver = em.find(Waiver.class, id);
    if (waiver == null) {
      return Optional.empty();
    }
    em.refresh(waiver, LockModeType.PESSIMISTIC_WRITE);
    return Optional.of(waiver);
  }

  @Override
  public Optional<Waiver> open(Host host, String key) {
    return open("w.host = :whose", host, key);
  }

  @Override
  public Optional<Waiver> open(String groupSlug, String key) {
    return open("w.groupSlug = :whose", groupSlug, key);
  }

  @Override
  public List<Waiver> open(String groupSlug) {
    return em.createQuery(
            "select w from Waiver w where w.groupSlug = :group and w.state in :open", Waiver.class)
        .setParameter("group", groupSlug)
        .setParameter("open", OPEN)
        .getResultList();
  }

  private Optional<Waiver> open(String which, Object whose, String key) {
    return em.createQuery(
            "select w from Waiver w where w.settingKey = :key and w.state in :open and " + which,
            Waiver.class)
        .setParameter("key", key)
        .setParameter("open", OPEN)
        .setParameter("whose", whose)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  @Override
  public Map<String, WaiverInForce> inForce(Host host) {
    return byHost(
            em.createNativeQuery(IN_FORCE + " where host_id = :host")
                .setParameter("host", host.id())
                .setFlushMode(FlushModeType.COMMIT) // else each host of a rollout looks all over
                .getResultList())
        .getOrDefault(host.id(), Map.of());
  }

  @Override
  public Map<Long, Map<String, WaiverInForce>> inForce() {
    return byHost(
        em.createNativeQuery(IN_FORCE).setFlushMode(FlushModeType.COMMIT).getResultList());
  }

  private static Map<Long, Map<String, WaiverInForce>> byHost(List<?> rows) {
    Map<Long, Map<String, WaiverInForce>> byHost = new HashMap<>();
    for (Object row : rows) {
      Object[] cells = (Object[]) row;
      WaiverInForce waiver = inForce(cells);
      byHost
          .computeIfAbsent(((Number) cells[6]).longValue(), any -> new TreeMap<>())
          .put(waiver.key(), waiver);
    }
    return byHost;
  }

  private static WaiverInForce inForce(Object[] row) {
    return new WaiverInForce(
        ((Number) row[0]).longValue(),
        (String) row[1],
        WaiverEffect.of((String) row[2]).orElseThrow(),
        row[3] == null
            ? null
            : SettingValue.fromJson(CanonicalJson.read((String) row[3]), "/value"),
        (String) row[4],
        (Instant) row[5]);
  }

  @Override
  public void add(Waiver waiver) {
    em.persist(waiver);
  }

  @Override
  public void flush() {
    em.flush();
  }
}
