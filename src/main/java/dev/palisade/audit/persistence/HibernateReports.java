package dev.palisade.audit.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.audit.CheckIn;
import dev.palisade.audit.JudgedWaiver;
import dev.palisade.audit.ReleaseEvidence.Proven;
import dev.palisade.audit.Report;
import dev.palisade.audit.Reports;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.catalog.SettingValue;
import dev.palisade.fleet.Host;
import dev.palisade.profile.WaivedSetting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Evidence in PostgreSQL. */
@ApplicationScoped
public class HibernateReports implements Reports {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final String HEARD =
      "select c.host_id, c.report_id, c.seen_at, r.release_digest from audit_checkin c"
          + " join audit_report r on r.id = c.report_id";

  private static final String CHECK_IN =
      """
      insert into audit_checkin as c (host_id, report_id, seen_at, proven_release, proven_at)
      values (:host, :report, :now, cast(:named as text),
              case when cast(:named as text) is null then null else cast(:now as timestamptz) end)
      on conflict (host_id) do update set report_id = excluded.report_id, seen_at = excluded.seen_at,
        proven_release = coalesce(excluded.proven_release, c.proven_release),
        proven_at = coalesce(excluded.proven_at, c.proven_at)
      """;

  private static final int COLUMNS = 15;

  /** All rows of a host in one statement, a column of them in each array. */
  private static final String UPSERT =
      """
      insert into audit_finding
        (host_id, since, key, profile, verdict, expected, declared, exception, found, effective, interfaces,
         why, fix, waived_effect, waived_value, asked, asked_verdict)
      select ?, ?, key, profile, verdict, expected::jsonb, declared, exception, found, effective, interfaces::jsonb,
             why, fix::jsonb, waived_effect, waived_value::jsonb, asked::jsonb, asked_verdict
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as row
          (key, profile, verdict, expected, declared, exception, found, effective, interfaces,
           why, fix, waived_effect, waived_value, asked, asked_verdict)
      on conflict (host_id, key) do update set
        profile = excluded.profile, verdict = excluded.verdict, expected = excluded.expected,
        declared = excluded.declared, exception = excluded.exception, found = excluded.found,
        effective = excluded.effective, interfaces = excluded.interfaces,
        why = excluded.why, fix = excluded.fix, waived_effect = excluded.waived_effect,
        waived_value = excluded.waived_value, asked = excluded.asked, asked_verdict = excluded.asked_verdict,
        since = case when audit_finding.verdict = excluded.verdict
                     then audit_finding.since else excluded.since end
      """;

  @PersistenceContext private EntityManager em;

  @Override
  public void serialise(Host host) {
    em.createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtext('audit'), :host)) l")
        .setParameter("host", host.id().intValue())
        .setFlushMode(FlushModeType.COMMIT) // else each host of a rollout looks all others over
        .getSingleResult();
  }

  @Override
  public Optional<Report> find(long id) {
    return Optional.ofNullable(em.find(Report.class, id));
  }

  @Override
  public Optional<Report> find(Host host, String evidenceId) {
    return em.createQuery(
            "select r from Report r where r.host = :host and r.evidenceId = :id", Report.class)
        .setParameter("host", host)
        .setParameter("id", evidenceId)
        .getResultStream()
        .findFirst();
  }

  @Override
  public Optional<CheckIn> newest(Host host) {
    List<?> found =
        em.createNativeQuery("select report_id, seen_at from audit_checkin where host_id = :host")
            .setParameter("host", host.id())
            .setFlushMode(FlushModeType.COMMIT)
            .getResultList();
    return found.stream()
        .map(Object[].class::cast)
        .map(
            row ->
                new CheckIn(em.find(Report.class, ((Number) row[0]).longValue()), (Instant) row[1]))
        .findFirst();
  }

  @Override
  public Map<Long, Heard> heard() {
    return byHost(em.createNativeQuery(HEARD).getResultList());
  }

  @Override
  public Map<Long, Heard> heard(Collection<Long> hosts) {
    return hosts.isEmpty()
        ? Map.of()
        : byHost(
            em.createNativeQuery(HEARD + " where c.host_id in (:hosts)")
                .setParameter("hosts", hosts)
                .getResultList());
  }

  private static Map<Long, Heard> byHost(List<?> rows) {
    Map<Long, Heard> heard = new HashMap<>();
    for (Object row : rows) {
      Object[] cells = (Object[]) row;
      heard.put(
          ((Number) cells[0]).longValue(),
          new Heard(((Number) cells[1]).longValue(), (Instant) cells[2], (String) cells[3]));
    }
    return heard;
  }

  @Override
  public Map<Long, Evidence> read(Collection<Long> ids) {
    Map<Long, Evidence> read = new HashMap<>();
    if (ids.isEmpty()) {
      return read;
    }
    List<Report> reports =
        em.createQuery("select r from Report r where r.id in :ids", Report.class)
            .setParameter("ids", ids)
            .setFlushMode(FlushModeType.COMMIT) // else each batch looks every loaded host over
            .getResultList();
    for (Report report : reports) {
      read.put(report.getId(), report.read());
      em.detach(report);
    }
    return read;
  }

  @Override
  public List<Report> of(Host host, int most) {
    return em.createQuery(
            "select r from Report r where r.host = :host order by r.receivedAt desc, r.id desc",
            Report.class)
        .setParameter("host", host)
        .setMaxResults(most)
        .getResultList();
  }

  @Override
  public void add(Report report) {
    em.persist(report);
    em.flush();
  }

  @Override
  public void checkIn(Host host, CheckIn checkIn) {
    em.createNativeQuery(CHECK_IN)
        .setParameter("host", host.id())
        .setParameter("report", checkIn.report().getId())
        .setParameter("now", checkIn.at())
        .setParameter("named", checkIn.report().getReleaseDigest())
        .executeUpdate();
  }

  @Override
  public Optional<Proven> proven(Host host) {
    List<?> found =
        em.createNativeQuery(
                "select proven_release, proven_at from audit_checkin where host_id = :host"
                    + " and proven_release is not null")
            .setParameter("host", host.id())
            .setFlushMode(FlushModeType.COMMIT)
            .getResultList();
    return found.stream()
        .map(Object[].class::cast)
        .map(row -> new Proven((String) row[0], (Instant) row[1]))
        .findFirst();
  }

  @Override
  public void prove(Host host, Proven proven) {
    em.createNativeQuery(
            "update audit_checkin set proven_release = :release, proven_at = :at"
                + " where host_id = :host")
        .setParameter("host", host.id())
        .setParameter("release", proven.release())
        .setParameter("at", proven.at())
        .executeUpdate();
  }

  @Override
  public void replaceFindings(
      Host host, List<Judgement> judgements, List<JudgedWaiver> waived, Instant now) {
    List<Judgement> rows =
        Stream.concat(
                judgements.stream(),
                waived.stream().filter(JudgedWaiver::isUnmanaged).map(JudgedWaiver::asked))
            .toList();
    Map<String, JudgedWaiver> otherwise = new HashMap<>();
    waived.forEach(judged -> otherwise.put(judged.waived().key(), judged));
    String[] keys = rows.stream().map(j -> j.expected().setting().key()).toArray(String[]::new);
    em.unwrap(Session.class)
        .doWork(
            connection -> {
              deleteOthers(connection, host, keys);
              upsert(connection, host, rows, otherwise, now);
            });
  }

  private static void deleteOthers(Connection connection, Host host, String[] keys)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from audit_finding where host_id = ? and key <> all (?)")) {
      delete.setLong(1, host.id());
      delete.setArray(2, connection.createArrayOf("text", keys));
      delete.executeUpdate();
    }
  }

  private static void upsert(
      Connection connection,
      Host host,
      List<Judgement> judgements,
      Map<String, JudgedWaiver> otherwise,
      Instant now)
      throws SQLException {
    List<String[]> rows =
        judgements.stream()
            .map(one -> row(one, otherwise.get(one.expected().setting().key())))
            .toList();
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setLong(1, host.id());
      upsert.setTimestamp(2, Timestamp.from(now));
      for (int i = 0; i < COLUMNS; i++) {
        int column = i;
        String[] cells = rows.stream().map(row -> row[column]).toArray(String[]::new);
        upsert.setArray(3 + column, connection.createArrayOf("text", cells));
      }
      upsert.executeUpdate();
    }
  }

  private static String[] row(Judgement judgement, JudgedWaiver judged) {
    WaivedSetting waived = judged == null ? null : judged.waived();
    SettingValue value = waived == null ? null : waived.value();
    return new String[] {
      judgement.expected().setting().key(),
      judgement.expected().profile(),
      judgement.verdict().code(),
      judgement.expected().value().toJson().toString(),
      judgement.declared(),
      judgement.exception(),
      judgement.found(),
      judgement.effective(),
      json(judgement.interfaces()),
      judgement.why(),
      judgement.fix() == null ? null : json(judgement.fix()),
      waived == null ? null : waived.effect(),
      value == null ? null : value.toJson().toString(),
      waived == null ? null : waived.asked().toJson().toString(),
      waived == null ? null : judged.asked().verdict().code()
    };
  }

  private static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
