package dev.palisade.audit.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.audit.Finding;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.Findings;
import dev.palisade.audit.HostPosture;
import dev.palisade.audit.verdict.Fix;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.catalog.SettingValue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
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

  private static final String ROWS =
      " from audit_current_finding f where (cast(:host as text) is null or f.host = :host)"
          + " and (cast(:key as text) is null or f.key = :key)"
          + " and (cast(:profile as text) is null or f.profile = :profile)"
          + " and (cast(:verdicts as text) is null"
          + " or f.verdict = any (string_to_array(:verdicts, ',')))";

  /** Worst first, as the enum has them. */
  private static final String TROUBLE_FIRST =
      " order by array_position(string_to_array('"
          + Arrays.stream(VerdictGroup.values())
              .flatMap(group -> FindingFilter.verdictsOf(group).stream())
              .map(Verdict::code)
              .collect(Collectors.joining(","))
          + "', ','), f.verdict), f.host, f.key";

  @PersistenceContext private EntityManager em;

  @Override
  public List<Finding> list(FindingFilter filter, int offset, int most) {
    Query query =
        em.createNativeQuery(
            "select f.host, f.key, f.profile, f.verdict, cast(f.expected as text),"
                + " f.declared, f.exception, f.found, f.effective, cast(f.interfaces as text), f.why, cast(f.fix as text), f.since, f.seen_at"
                + ROWS
                + TROUBLE_FIRST);
    return rows(bind(query, filter).setFirstResult(offset).setMaxResults(most)).stream()
        .map(HibernateFindings::finding)
        .toList();
  }

  @Override
  public Map<Verdict, Long> count(FindingFilter filter) {
    Query query = em.createNativeQuery("select f.verdict, count(*)" + ROWS + " group by f.verdict");
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    rows(bind(query, filter))
        .forEach(row -> counts.put(Verdict.of((String) row[0]), ((Number) row[1]).longValue()));
    return counts;
  }

  @Override
  public List<HostPosture> postures() {
    List<Object[]> rows =
        rows(
            em.createNativeQuery(
                "select h.name, f.verdict, count(f.key), max(c.seen_at) from fleet_host h"
                    + " left join audit_current_finding f on f.host_id = h.id"
                    + " left join audit_checkin c on c.host_id = h.id"
                    + " group by h.name, f.verdict order by h.name"));
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
        .setParameter("verdicts", verdicts);
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
          (Instant) row[13]);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored finding cannot be read", e);
    }
  }
}
