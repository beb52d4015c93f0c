package dev.palisade.assignment.persistence;

import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.WaiverEffect;
import dev.palisade.assignment.WaiverInForce;
import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.Waivers;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.CanonicalJson;
import dev.palisade.fleet.Host;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  public List<Waiver> all() {
    return em.createQuery(
            "select w from Waiver w left join fetch w.host left join fetch w.hosts order by w.id desc",
            Waiver.class)
        .getResultList();
  }

  @Override
  public List<Waiver> of(Host host) {
    return em.createQuery(
            "select w from Waiver w where :host member of w.hosts order by w.id desc", Waiver.class)
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
                .getResultList())
        .getOrDefault(host.id(), Map.of());
  }

  @Override
  public Map<Long, Map<String, WaiverInForce>> inForce() {
    return byHost(em.createNativeQuery(IN_FORCE).getResultList());
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
        WaiverEffect.valueOf(((String) row[2]).toUpperCase(Locale.ROOT)),
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
