package dev.palisade.shell;

import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attacks on the rules of waivers, on hosts of their own. */
final class WaiverAttacks {

  private static final String GUARD = "assignment_waiver_guard";
  private static final String KEY = "kernel.sysrq";
  private static final String APPROVE = "state = 'approved', decided_at = now(), decided_by = '%s'";

  private final Portal portal;
  private final String profile;
  private final List<Attack> attacks = new ArrayList<>();
  private final RegisteredHost host;
  private final RegisteredHost other;
  private final long waiting;
  private final long approved;

  WaiverAttacks(Portal portal, String profile) {
    this.portal = portal;
    this.profile = profile;
    this.host = portal.host("attacked-waiver");
    this.other = portal.host("attacked-waiver");
    this.waiting = ask(host);
    this.approved = ask(other);
    portal.as(Role.APPROVER).post("/api/v1/waivers/" + approved + "/approve", Map.of()).expect(200);
  }

  private long ask(RegisteredHost whose) {
    Caller operator = portal.as(Role.OPERATOR);
    return operator
        .post(
            "/api/v1/waivers",
            Map.of(
                "host",
                whose.name(),
                "key",
                KEY,
                "effect",
                "accept",
                "reason",
                "Why",
                "expiresAt",
                Instant.now().plusSeconds(86_400).toString()))
        .expect(201)
        .json()
        .get("id")
        .longValue();
  }

  List<Attack> all() {
    onRequests();
    onDecisions();
    onHosts();
    onOffers();
    return List.copyOf(attacks);
  }

  private void onRequests() {
    String insert =
        "insert into assignment_waiver (host_id, key, effect, reason, expires_at, requested_by,"
            + " state, decided_by, decided_at, comment, requested_at) select host_id, 'attacked',"
            + " effect, reason, expires_at, %s from assignment_waiver where id = "
            + waiting;
    attack(
        GUARD,
        "starts as requested",
        insert.formatted("'operator', 'approved', 'approver', now(), null, now()"));
    attack(
        GUARD,
        "starts as requested",
        insert.formatted("'operator', 'requested', 'approver', now(), null, now()"));
    attack(
        GUARD,
        "starts as requested",
        insert.formatted("'operator', 'requested', null, null, 'Agreed.', now()"));
    attack(
        GUARD,
        "is asked for now, not later",
        insert.formatted(
            "'operator', 'requested', null, null, null, now() + interval '2 minutes'"));
    attack(
        GUARD,
        "only an enabled operator asks",
        insert.formatted("'viewer', 'requested', null, null, null, now()"));
    attack(GUARD, "what a waiver says never changes", set(waiting, "key = 'kernel.panic'"));
  }

  private void onDecisions() {
    attack(
        GUARD,
        "cannot go from",
        List.of(set(waiting, "state = 'rejected', decided_at = now(), decided_by = 'approver'")),
        set(waiting, "state = 'approved'"));
    attack(GUARD, "only an enabled approver decides", set(waiting, APPROVE.formatted("viewer")));
    attack(
        GUARD,
        "who asked for a waiver cannot decide",
        List.of(
            "insert into account_role (user_id, role)"
                + " select id, 'approver' from account_user where username = 'operator'"),
        set(waiting, APPROVE.formatted("operator")));
    attack(
        GUARD,
        "the time of the waiver has passed",
        List.of(
            set(
                waiting,
                "requested_at = now() - interval '2 days', expires_at = now() - interval '1 day'")),
        set(waiting, APPROVE.formatted("approver")));
    String revoked = "state = 'revoked', ended_by = '%s', ended_at = now()";
    attack(
        GUARD,
        "how a waiver ended is said once",
        List.of(set(approved, revoked.formatted("operator"))),
        set(approved, "ended_by = 'approver'"));
    attack(
        GUARD,
        "how a waiver ended is said once",
        List.of(set(approved, revoked.formatted("operator"))),
        set(approved, "ended_at = now() - interval '1 day'"));
    attack(GUARD, "is decided once", set(approved, "comment = 'Something else.'"));
    attack(
        GUARD,
        "is no operator any more",
        List.of(
            "delete from account_role where role = 'operator' and user_id ="
                + " (select id from account_user where username = 'operator')"),
        set(waiting, APPROVE.formatted("approver")));
  }

  private void onHosts() {
    String guard = "assignment_waiver_host_guard";
    String join =
        "insert into assignment_waiver_host select %d, id from fleet_host where name = '%s'";
    attack(
        guard,
        "gets no other host",
        List.of(set(approved, "host_id = null, group_slug = 'attacked'")),
        join.formatted(approved, host.name()));
    attack(guard, "is for another host", join.formatted(waiting, other.name()));
  }

  private void onOffers() {
    long rollout = portal.rollOut(host, profile);
    String release =
        "insert into release_release (digest, record, module, nar_hash, archive, catalog_version)"
            + " select encode(sha256(convert_to(r, 'UTF8')), 'hex'), r, 'waived', nar_hash,"
            + " archive, catalog_version from (select jsonb_set(record::jsonb, '{waivers}',"
            + " '[{\"key\":\"kernel.sysrq\",\"effect\":\"unmanaged\"}]')::text as r, nar_hash,"
            + " archive, catalog_version from release_release e join release_offer o on"
            + " o.release_digest = e.digest where o.rollout_id = "
            + rollout
            + ") x";
    attack(
        "release_offer_guard",
        "not waived for this host",
        List.of(release),
        "insert into release_offer (host_id, number, release_digest, rollout_id, offered_by)"
            + " select o.host_id, o.number + 1, r.digest, o.rollout_id, o.offered_by"
            + " from release_offer o, release_release r where o.rollout_id = "
            + rollout
            + " and r.module = 'waived'");
  }

  private static String set(long waiver, String what) {
    return "update assignment_waiver set " + what + " where id = " + waiver;
  }

  private void attack(String function, String rule, String statement) {
    attack(function, rule, List.of(), statement);
  }

  private void attack(String function, String rule, List<String> given, String statement) {
    attacks.add(new Attack(function, rule, given, statement));
  }
}
