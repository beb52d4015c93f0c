package dev.palisade.audit.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.audit.Finding;
import dev.palisade.audit.Finding.FindingWaiver;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.Findings;
import dev.palisade.audit.HostPosture;
import dev.palisade.audit.verdict.Fix;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.catalog.SettingValue;
import dev.palisade.fleet.Host;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings as PostgreSQL counts them now: every query reads the one view. */
@ApplicationScoped
public class HibernateFindings implements Findings {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The rows that every count and every list is of, {@code shown} as the verdict. */
  private static final String FINDINGS =
      "(select x.*, case when :plain then x.without_waivers else x.verdict end as shown"
          + " from audit_current_finding x) f";

  private static final String ROWS =
      " from "
          + FINDINGS
          + " left join assignment_waiver w on w.id = f.waiver_id where (cast(:host as text) is null or f.host = :host)"
          + " and (cast(:key as text) is null or f.key = :key)"
          + " and (cast(:profile as text) is null or f.profile = :profile)"
          + " and (cast(:verdicts as text) is null"
          + " or f.shown = any (string_to_array(:verdicts, ',')))";

  /** Worst first, as the enum has them. */
  private static final String TROUBLE_FIRST =
      " order by array_position(string_to_array('"
          + Arrays.stream(VerdictGroup.values())
              .flatMap(group -> FindingFilter.verdictsOf(group).stream())
              .map(Verdict::code)
              .collect(Collectors.joining(","))
          + "', ','), f.shown), f.host, f.key";

  @PersistenceContext private EntityManager em;

  @Override
  public List<Finding> list(FindingFilter filter, int offset, int most) {
    Query query =
        em.createNativeQuery(
            "select f.host, f.key, f.profile, f.shown, cast(f.expected as text),"
                + " f.declared, f.exception, f.found, f.effective, cast(f.interfaces as text), f.why, cast(f.fix as text), f.since, f.seen_at,"
                + " f.without_waivers, f.waiver_id, w.effect, w.reason, w.expires_at, f.waiver_ended"
                + ROWS
                + TROUBLE_FIRST);
    return rows(bind(query, filter).setFirstResult(offset).setMaxResults(most)).stream()
        .map(HibernateFindings::finding)
        .toList();
  }

  @Override
  public Map<Verdict, Long> count(FindingFilter filter) {
    Query query = em.createNativeQuery("select f.shown, count(*)" + ROWS + " group by f.shown");
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    rows(bind(query, filter))
        .forEach(row -> counts.put(Verdict.of((String) row[0]), ((Number) row[1]).longValue()));
    return counts;
  }

  @Override
  public Map<Verdict, List<String>> keys(Host host) {
    Query query =
        em.createNativeQuery(
                "select verdict, string_agg(key, chr(10) order by key) from audit_current_finding"
                    + " where host_id = :host group by verdict")
            .setParameter("host", host.id())
            .setFlushMode(FlushModeType.COMMIT); // findings are never waiting to be written
    Map<Verdict, List<String>> keys = new EnumMap<>(Verdict.class);
    rows(query)
        .forEach(row -> keys.put(Verdict.of((String) row[0]), ((String) row[1]).lines().toList()));
    return keys;
  }

  @Override
  public List<HostPosture> postures(boolean withoutWaivers) {
    List<Object[]> rows =
        rows(
            em.createNativeQuery(
                    "select h.name, f.shown, count(f.key), max(c.seen_at) from fleet_host h"
                        + " left join "
                        + FINDINGS
                        + " on f.host_id = h.id"
                        + " left join audit_checkin c on c.host_id = h.id"
                        + " group by h.name, f.shown order by h.name")
                .setParameter("plain", withoutWaivers));
    Map<String, HostPosture> postures = new TreeMap<>();
    for (Object[] row : rows) {
      HostPosture posture =
          postures.computeIfAbsent(
              (String) row[0],
              name -> new HostPosture(name, new EnumMap<>(Verdict.class), (Instant) row[3]));
      if (row[1] != null) {
        posture.counts().put(Verdict.of((String) row[1]), ((Number) row[2]).longValue());
      }
    }
    return List.copyOf(postures.values());
  }

  @Override
  public Map<String, Long> mostFailing(int most) {
    Query query =
        em.createNativeQuery("select f.key, count(*)" + ROWS + " group by f.key order by 2 desc, 1")
            .setMaxResults(most);
    Map<String, Long> failing = new LinkedHashMap<>();
    rows(bind(
            query,
            new FindingFilter(null, null, null, FindingFilter.verdictsOf(VerdictGroup.FAILING))))
        .forEach(row -> failing.put((String) row[0], ((Number) row[1]).longValue()));
    return failing;
  }

  private static Query bind(Query query, FindingFilter filter) {
    String verdicts =
        filter.verdicts().isEmpty()
            ? null
            : filter.verdicts().stream().map(Verdict::code).collect(Collectors.joining(","));
    return query
        .setParameter("host", filter.host())
        .setParameter("key", filter.key())
        .setParameter("profile", filter.profile())
        .setParameter("verdicts", verdicts)
        .setParameter("plain", filter.withoutWaivers());
  }

  @SuppressWarnings("unchecked")
  private static List<Object[]> rows(Query query) {
    return query.getResultList();
  }

  private static Finding finding(Object[] row) {
    try {
      SettingValue expected = SettingValue.fromJson(MAPPER.readTree((String) row[4]), "/expected");
      return new Finding(
          (String) row[0],
          (String) row[1],
          (String) row[2],
          Verdict.of((String) row[3]),
          expected.display(),
          (String) row[5],
          (String) row[6],
          (String) row[7],
          (String) row[8],
          MAPPER.readValue((String) row[9], new TypeReference<List<String>>() {}),
          (String) row[10],
          row[11] == null ? null : MAPPER.readValue((String) row[11], Fix.class),
          (Instant) row[12],
          (Instant) row[13],
          Verdict.of((String) row[14]),
          row[15] == null
              ? null
              : new FindingWaiver(
                  ((Number) row[15]).longValue(),
                  (String) row[16],
                  (String) row[17],
                  (Instant) row[18],
                  (Boolean) row[19]));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored finding cannot be read", e);
    }
  }
}
