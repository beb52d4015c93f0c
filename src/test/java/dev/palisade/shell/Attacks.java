package dev.palisade.shell;

import dev.palisade.account.Role;
import dev.palisade.testing.JournalRow;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attacks on every rule of the triggers, each on profiles and hosts of their own. */
final class Attacks {

  private static final Map<String, Integer> COOKIES = Map.of("net.ipv4.tcp_syncookies", 1);

  private final Portal portal;
  private final List<Attack> attacks = new ArrayList<>();
  private final String draft;
  private final String waiting;
  private final String approved;
  private final String second;

  Attacks(Portal portal) {
    this.portal = portal;
    this.draft = portal.draft("attacked-draft", COOKIES);
    this.waiting = portal.submitted("attacked", COOKIES);
    this.approved = portal.approved("attacked-approved", COOKIES);
    this.second = portal.name("second");
    portal.person(second, Role.APPROVER);
  }

  List<Attack> all() {
    onVersions();
    onEmergencies();
    onReviews();
    onDecisions();
    onRules();
    onReleases();
    onTokens();
    attacks.addAll(new WaiverAttacks(portal, approved).all());
    onTheJournal();
    return List.copyOf(attacks);
  }

  private void onVersions() {
    String guard = "profile_version_guard";
    String copy =
        "insert into profile_version (profile_id, number, content, digest, author, submitted_at,"
            + " %s) select profile_id, 99, content, digest, author, now(), %s from profile_version"
            + " v"
            + where(waiting);
    attack(guard, "starts as a draft", copy.formatted("state", "'approved'"));
    attack(
        guard,
        "starts without an emergency",
        copy.formatted("state, emergency_until", "'draft', now() + interval '1 hour'"));
    attack(guard, "number and author of a version never change", set(draft, "author = 'approver'"));
    attack(
        guard,
        "the content of a version that is % never changes",
        set(
            waiting,
            "content = content || ' ',"
                + " digest = encode(sha256(convert_to(content || ' ', 'UTF8')), 'hex')"));
    attack(
        guard,
        "cannot go from",
        List.of(submission(draft, "v.content")),
        set(draft, "state = 'approved', submitted_at = now()"));
    attack(guard, "a version is approved by", set(waiting, "state = 'approved'"));
    attack(
        "profile_version_base_guard",
        "what the version extends is not approved",
        List.of(
            set(waiting, "content = " + OVER + ", digest = " + digestOf(OVER)),
            submission(waiting, "v.content"),
            decision(waiting, "approver", "")),
        set(waiting, "state = 'approved'"));
  }

  private void onReviews() {
    String submitted = "profile_submission_guard";
    attack(submitted, "is the content that the version has", submission(draft, "v.content || ' '"));
    attack(submitted, "is not submitted", submission(approved, "v.content"));
    String said = "profile_comment_guard";
    attack(said, "is not open for comments", comment(approved, "v.digest", "author"));
    attack(said, "never had in review", comment(waiting, "repeat('0', 64)", "approver"));
    attack(said, "only an enabled person comments", comment(waiting, "v.digest", "portal"));
    attack(
        "profile_version_submitted_guard",
        "was never submitted for review",
        List.of(
            set(waiting, "content = content || ' ', digest = " + digestOf("content || ' '")),
            decision(waiting, "approver", "")),
        set(waiting, "state = 'approved'"));
  }

  private static String submission(String slug, String content) {
    return "insert into profile_submission (version_id, digest, content, person) select v.id, "
        + digestOf(content)
        + ", "
        + content
        + ", 'author' from profile_version v"
        + where(slug);
  }

  private static String comment(String slug, String digest, String person) {
    return "insert into profile_comment (version_id, digest, person, text) select v.id, "
        + digest
        + ", '"
        + person
        + "', 'Hm.' from profile_version v"
        + where(slug);
  }

  private static final String OVER =
      "replace(content, '\"extends\":null',"
          + " '\"extends\":{\"digest\":\"none\",\"number\":1,\"slug\":\"none\"}')";

  private void onEmergencies() {
    String guard = "profile_version_guard";
    String allowed = rule(waiting, 2, 3600);
    String inAnEmergency = decision(waiting, "approver", "emergency");
    attack(
        guard,
        "there is no emergency approval",
        List.of(inAnEmergency),
        approvedUntil("30 seconds"));
    attack(
        guard,
        "nobody approved this version in an emergency",
        List.of(allowed),
        approvedUntil("1 hour"));
    attack(
        guard,
        "the time to confirm an emergency of",
        List.of(allowed, inAnEmergency),
        approvedUntil("2 hours"));
    List<String> unconfirmed = List.of(allowed, inAnEmergency, approvedUntil("1 hour"));
    attack(
        guard,
        "the time to confirm an emergency never changes",
        unconfirmed,
        set(waiting, "emergency_until = now() + interval '2 hours'"));
    attack(
        guard,
        "an emergency is confirmed once",
        unconfirmed,
        set(waiting, "emergency_confirmed_at = now()"));
  }

  private String approvedUntil(String interval) {
    return set(
        waiting, "state = 'approved', emergency_until = now() + interval '" + interval + "'");
  }

  private void onDecisions() {
    String guard = "profile_decision_guard";
    attack(guard, "is not open for this decision", decision(draft, "approver", ""));
    attack(
        guard,
        "names another content",
        decision(waiting, "approver", "").replace("v.digest", "repeat('0', 64)"));
    attack(
        guard,
        "who wrote this content cannot decide on it",
        List.of(
            "insert into profile_version_writer select v.id, 'approver' from profile_version v"
                + where(waiting)),
        decision(waiting, "approver", ""));
    attack(guard, "only an enabled approver decides", decision(waiting, "operator", ""));
    attack(guard, "allows no approval in an emergency", decision(waiting, "approver", "emergency"));
  }

  private void onRules() {
    String guard = "profile_rule_change_guard";
    String two = rule(waiting, 2, 0);
    attack(
        guard,
        "starts open",
        List.of(two),
        change(
            "approver",
            2,
            ", state, decided_by, decided_at",
            ", 'approved', '" + second + "', now()"));
    attack(guard, "starts from another rule", List.of(two), change("approver", 3, "", ""));
    attack(guard, "only an enabled approver proposes", List.of(two), change("operator", 2, "", ""));
    List<String> proposed = List.of(two, change("approver", 2, "", ""));
    attack(
        guard,
        "and stays so",
        List.of(two, change("approver", 2, "", ""), decided("rejected", second)),
        decided("approved", second));
    attack(guard, "only an enabled approver decides", proposed, decided("approved", "operator"));
    attack(
        guard,
        "who proposed a looser rule cannot decide",
        proposed,
        decided("approved", "approver"));
    attack(
        guard,
        "the proposal is void",
        List.of(two, change("operator", 2, "", "")),
        decided("approved", second));
    attack(
        guard,
        "only who proposed a rule change withdraws it",
        proposed,
        decided("withdrawn", second));
    attack(
        guard,
        "the proposal is not void",
        proposed,
        "update profile_rule_change set state = 'void', decided_at = now() where " + ofWaiting());
    attack(
        "profile_profile_guard",
        "is loosened by two people only",
        List.of(two),
        "update profile_profile set required_approvals = 1 where slug = '" + waiting + "'");
  }

  private String change(String person, int from, String columns, String values) {
    return "insert into profile_rule_change (profile_id, from_approvals, from_emergency_seconds,"
        + " to_approvals, to_emergency_seconds, reason, proposed_by"
        + columns
        + ") select id, %d, 0, 1, 0, 'Why', '%s'".formatted(from, person)
        + values
        + " from profile_profile where slug = '"
        + waiting
        + "'";
  }

  private String decided(String state, String person) {
    return "update profile_rule_change set state = '%s', decided_by = '%s', decided_at = now() where "
            .formatted(state, person)
        + ofWaiting();
  }

  private String ofWaiting() {
    return "profile_id = (select id from profile_profile where slug = '" + waiting + "')";
  }

  private void onReleases() {
    RegisteredHost host = portal.host("attacked");
    long rollout = portal.rollOut(host, approved);
    attack(
        "rollout_version_guard",
        "only approved versions can be rolled out",
        "insert into rollout_version select "
            + rollout
            + ", v.id from profile_version v"
            + where(waiting));
    String release =
        "insert into release_release (digest, record, module, nar_hash, archive, catalog_version)"
            + " select encode(sha256(convert_to(r, 'UTF8')), 'hex'), r, '', 'sha256-"
            + "A".repeat(43)
            + "=', '', repeat('0', 64) from (select %s as r) x";
    String unapproved =
        release.formatted(
            "(select '{\"profiles\":[{\"slug\":\""
                + waiting
                + "\",\"number\":1,\"digest\":\"' || v.digest || '\"}]}' from profile_version v"
                + where(waiting)
                + ")");
    attack("release_guard", "names the profile versions", release.formatted("'{\"profiles\":[]}'"));
    attack("release_guard", "not approved", unapproved);
    attack(
        "release_offer_guard",
        "not approved",
        List.of(unapproved),
        "insert into release_offer (host_id, number, release_digest, rollout_id, offered_by)"
            + " select o.host_id, o.number + 1, r.digest, o.rollout_id, o.offered_by"
            + " from release_offer o, release_release r where o.rollout_id = "
            + rollout
            + " and r.module = ''");
    String guard = "release_statement_guard";
    String again =
        "insert into release_statement (offer_id, issued_at, expires_at, statement, key_id,"
            + " signature) select s.offer_id, s.issued_at, %s, repeat('0', 16), s.signature from"
            + " release_statement s join release_offer o on o.id = s.offer_id where o.rollout_id = "
            + rollout;
    attack(
        guard,
        "says something else than what was offered",
        again.formatted("s.expires_at, jsonb_set(s.statement::jsonb, '{number}', '99')::text"));
    attack(
        guard,
        "say other times than its text",
        again.formatted("s.expires_at + interval '1 year', s.statement"));
  }

  private void onTokens() {
    attack(
        "fleet_delivery_token_guard",
        "a revoked token stays revoked",
        List.of(
            "insert into fleet_delivery_token (name, selector, token_hash, created_at, created_by,"
                + " expires_at, revoked_at, revoked_by) values ('attacked', 'all',"
                + " sha256('attacked'), now(), 'operator', now() + interval '1 day', now(),"
                + " 'operator')"),
        "update fleet_delivery_token set revoked_at = null, revoked_by = null"
            + " where name = 'attacked'");
  }

  private void onTheJournal() {
    String guard = "journal_entry_guard";
    attack(guard, "cannot follow entry", JournalRow.appended(Map.of("number", "n + 2")));
    attack(
        guard,
        "is not that of its content",
        List.of("alter table journal_entry drop constraint journal_entry_hash_names_content"),
        JournalRow.appended(Map.of("hash", "repeat('0', 64)")));
    attack(
        guard,
        "names another hash than that of the entry before it",
        JournalRow.appended(Map.of("'previous'", "repeat('0', 64)")));
    attack(
        guard,
        "say something else than its content",
        JournalRow.appended(Map.of("actor", "'admin'")));
  }

  private void attack(String function, String rule, String statement) {
    attack(function, rule, List.of(), statement);
  }

  private void attack(String function, String rule, List<String> given, String statement) {
    attacks.add(new Attack(function, rule, given, statement));
  }

  private static String rule(String slug, int approvals, int emergencySeconds) {
    return "update profile_profile set required_approvals = %d, emergency_seconds = %d where slug = '%s'"
        .formatted(approvals, emergencySeconds, slug);
  }

  /** An approval of the version's content. */
  private static String decision(String slug, String person, String emergency) {
    return "insert into profile_decision (version_id, person, approves, digest, comment, emergency)"
        + " select v.id, '%s', true, v.digest, 'Why', %s from profile_version v"
            .formatted(person, !emergency.isEmpty())
        + where(slug);
  }

  private static String set(String slug, String change) {
    return "update profile_version v set " + change + where(slug);
  }

  private static String digestOf(String text) {
    return "encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex')";
  }

  private static String where(String slug) {
    return " where v.number = 1 and v.profile_id = (select id from profile_profile where slug = '"
        + slug
        + "')";
  }
}
