package dev.palisade.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.account.Role;
import dev.palisade.testing.Database;
import dev.palisade.testing.JournalRow;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the database itself refuses to the application's role, whatever the application would say.
 * Every attempt is raw SQL over a connection of that role, and is rolled back.
 */
@Tag("database")
class DatabaseGuardsIT {

  private static final Map<String, Integer> COOKIES = Map.of("net.ipv4.tcp_syncookies", 1);
  private static final String REFUSED_RIGHT = "42501";
  private static final String REFUSED_RULE = "23514";

  private final Portal portal = Portal.running();
  private Database database;

  @BeforeEach
  void signIn() {
    database = Database.asApplication(portal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table profile_version disable trigger all",
        "drop trigger profile_version_guard on profile_version",
        "alter table journal_entry add column note text",
        "create table more (id int)",
        "create or replace function profile_version_guard() returns trigger language plpgsql as"
            + " $$ begin return new; end $$",
        "truncate journal_entry",
        "update journal_entry set actor = 'nobody'",
        "delete from journal_entry",
        "update journal_checkpoint set at = now()",
        "delete from journal_checkpoint",
        "create temporary table journal_entry (number bigint, hash text)",
        "delete from profile_version",
        "delete from profile_decision",
        "update profile_decision set approves = true",
        "delete from profile_version_writer",
        "update profile_comment set text = 'never said'",
        "delete from profile_comment",
        "truncate profile_comment",
        "update profile_submission set content = '{}'",
        "delete from profile_submission",
        "update profile_version_writer set person = 'portal'",
        "delete from profile_rule_change",
        "update profile_rule_change set to_approvals = 1",
        "update profile_rule_change set proposed_by = 'author'",
        "insert into account_single_operator default values",
        "update account_single_operator set started_at = now()",
        "delete from account_single_operator",
        "create or replace function account_is_single_operator() returns boolean language sql as"
            + " $$ select true $$",
        "create or replace function account_may_decide(person text) returns boolean language sql as"
            + " $$ select true $$",
        "delete from account_user",
        "update release_release set module = ''",
        "delete from release_release",
        "update release_offer set release_digest = ''",
        "delete from release_offer",
        "update release_statement set statement = ''",
        "delete from release_statement",
        "update fleet_delivery_token set selector = 'all'",
        "update fleet_delivery_token set expires_at = expires_at + interval '1 year'",
        "delete from fleet_delivery_token",
        "delete from rollout_rollout",
        "update rollout_version set version_id = 1",
        "delete from audit_report",
        "delete from fleet_enrolment_token",
        "update fleet_enrolment_token set max_uses = 10000",
        "update fleet_enrolment_token set auto_accept = true",
        "update audit_report set evidence = ''",
        "set role palisade_owner",
        "set session_replication_role = replica",
        "select pg_read_file('/etc/passwd')",
        "copy journal_entry to program 'cat'"
      })
  void theApplicationHasNoRightTo(String sql) {
    assertRefused(REFUSED_RIGHT, sql);
  }

  @Test
  void aVersionIsNotBornApproved() {
    assertRefused(
        REFUSED_RULE,
        "insert into profile_version (profile_id, number, state, content, digest, author)"
            + " select profile_id, 99, 'approved', content, digest, author from profile_version"
            + " limit 1");
  }

  @Test
  void whatIsInReviewSaysSinceWhen() {
    String slug = portal.draft("since", COOKIES);
    assertRefused(REFUSED_RULE, "update profile_version v set state = 'in_review'" + where(slug));
  }

  @Test
  void aVersionIsNotApprovedWithoutADecision() {
    String slug = portal.submitted("undecided", COOKIES);
    assertRefused(REFUSED_RULE, approve(slug));
  }

  @Test
  void theAuthorDoesNotDecide() {
    String slug = portal.submitted("own", COOKIES);
    assertRefused(REFUSED_RULE, decide(slug, "author"));
  }

  @Test
  void whoEditedDoesNotDecide() {
    String slug = portal.draft("edited", COOKIES);
    String editor = portal.name("editor");
    portal
        .person(editor, Role.AUTHOR, Role.APPROVER)
        .put(Portal.version(slug) + "/settings", Portal.entries(COOKIES))
        .expect(200);
    portal.as(Role.AUTHOR).post(Portal.version(slug) + "/submit").expect(200);
    assertRefused(REFUSED_RULE, decide(slug, editor));
  }

  @Test
  void neitherThePortalNorADisabledPersonDecides() {
    String slug = portal.submitted("nobodys", COOKIES);
    String gone = portal.name("gone");
    portal.person(gone, Role.APPROVER);
    portal
        .as(Role.ADMINISTRATOR)
        .patch("/api/v1/users/" + gone, Map.of("disabled", true))
        .expect(200);
    assertRefused(REFUSED_RULE, decide(slug, "portal"));
    assertRefused(REFUSED_RULE, decide(slug, gone));
  }

  @Test
  void aDecisionNamesTheContentThatTheVersionHas() {
    String slug = portal.submitted("other-content", COOKIES);
    assertRefused(
        REFUSED_RULE, decide(slug, "approver").replace("v.digest from", "repeat('0', 64) from"));
  }

  @Test
  void oneDecisionIsNotEnoughWhereTwoAreAskedFor() {
    String slug = portal.submitted("two", COOKIES);
    portal
        .as(Role.AUTHOR)
        .patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 2))
        .expect(200);
    assertRefused(REFUSED_RULE, decide(slug, "approver"), approve(slug));
    assertRefused(
        REFUSED_RULE,
        "update profile_profile set required_approvals = 1 where slug = '" + slug + "'");
  }

  /** The other tests could pass because something else is wrong: this is the way that works. */
  @Test
  void withADecisionOfASecondPersonTheSameStatementsPass() throws SQLException {
    String slug = portal.submitted("decided", COOKIES);
    database.tryOut(decide(slug, "approver"), approve(slug));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"content = content || ' '", "digest = repeat('0', 64)", "author = 'admin'"})
  void approvedContentNeverChanges(String change) {
    String slug = portal.approved("fixed", COOKIES);
    assertRefused(REFUSED_RULE, "update profile_version v set " + change + where(slug));
  }

  @Test
  void anApprovedVersionIsNoDraftAgain() {
    String slug = portal.approved("final", COOKIES);
    assertRefused(REFUSED_RULE, "update profile_version v set state = 'draft'" + where(slug));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replace(statement, '\"host\":\"', '\"host\":\"not-')",
        "replace(statement, '\"number\":', '\"number\":1')",
        "replace(statement, '\"narHash\":\"sha256-', '\"narHash\":\"sha256-A')",
        "replace(statement, 'statement/1', 'statement/2')",
        "replace(statement, '\"issuedAt\":\"2', '\"issuedAt\":\"3')",
        "'{}'"
      })
  void aStatementSaysWhatWasOffered(String statement) throws SQLException {
    Portal.RegisteredHost host = portal.host("stated");
    portal.rollOut(host, portal.approved("stated", COOKIES));
    database.tryOut(copy(host, "statement"));
    assertRefused(REFUSED_RULE, copy(host, statement));
  }

  /** The newest statement of a host once more, under another key. */
  private static String copy(Portal.RegisteredHost host, String statement) {
    return "insert into release_statement (offer_id, issued_at, expires_at, statement, key_id,"
        + " signature) select offer_id, issued_at, expires_at, "
        + statement
        + ", repeat('0', 16), signature from release_statement s join release_offer o on o.id ="
        + " offer_id join fleet_host h on h.id = host_id where h.name = '"
        + host.name()
        + "'";
  }

  @Test
  void aRevokedDeliveryTokenStaysRevoked() {
    assertRefused(
        REFUSED_RULE,
        "insert into fleet_delivery_token (name, selector, token_hash, created_at, created_by,"
            + " expires_at, revoked_at, revoked_by) values ('x', 'all', sha256('x'), now(),"
            + " 'operator', now() + interval '1 day', now(), 'operator')",
        "update fleet_delivery_token set revoked_at = null, revoked_by = null where token_hash ="
            + " sha256('x')");
  }

  @Test
  void aDigestNamesItsContent() {
    String slug = portal.draft("draft", COOKIES);
    assertRefused(REFUSED_RULE, "update profile_version v set content = '{}'" + where(slug));
    assertRefused(
        REFUSED_RULE,
        "insert into release_release (digest, record, module, nar_hash, archive, catalog_version)"
            + " values (repeat('0', 64), '{\"profiles\":[]}', '', 'sha256-"
            + "A".repeat(43)
            + "=', '', repeat('0', 64))");
  }

  @Test
  void onlyApprovedVersionsAreRolledOutReleasedAndOffered() {
    String slug = portal.submitted("waiting", COOKIES);
    String good = portal.approvedHomelabLan("good");
    RegisteredHost host = portal.host("guarded");
    long rollout = portal.rollOut(host, good);
    assertRefused(
        REFUSED_RULE,
        "insert into rollout_version select "
            + rollout
            + ", v.id from profile_version v"
            + where(slug));
    String record =
        "'{\"profiles\":[{\"slug\":\""
            + slug
            + "\",\"number\":1,\"digest\":\"' || v.digest || '\"}]}'";
    String release =
        "insert into release_release (digest, record, module, nar_hash, archive, catalog_version)"
            + " select encode(sha256(convert_to(r, 'UTF8')), 'hex'), r, '', 'sha256-"
            + "A".repeat(43)
            + "=', '', repeat('0', 64) from (select "
            + record
            + " as r from profile_version v"
            + where(slug)
            + ") x";
    assertRefused(REFUSED_RULE, release);
    portal.as(Role.AUTHOR).post(Portal.version(good) + "/retire").expect(200);
    assertRefused(
        REFUSED_RULE,
        "insert into release_offer (host_id, number, release_digest, rollout_id, offered_by) select"
            + " host_id, number + 1, release_digest, rollout_id, offered_by from release_offer"
            + " where rollout_id = "
            + rollout);
  }

  /** The other tests of entries could pass because something else is wrong: this one passes. */
  @Test
  void anEntryThatLinksUpIsTaken() throws SQLException {
    database.tryOut(JournalRow.appended(Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "number | n + 2",
        "number | n",
        "'previous' | repeat('0', 64)",
        "hash | repeat('0', 64)",
        "actor | 'admin'",
        "at | timestamptz '2020-01-01'",
        "detail | jsonb '{\"more\": 1}'"
      })
  void anEntryThatDoesNotIsRefused(String what, String value) {
    assertRefused(REFUSED_RULE, JournalRow.appended(Map.of(what, value)));
  }

  @Test
  void aCheckpointSignsAnEntryThatIsThere() {
    String insert =
        "insert into journal_checkpoint (number, hash, at, key_id, signature) select number + %d,"
            + " %s, now(), 'none', decode(repeat('00', 64), 'hex') from journal_entry order by"
            + " number limit 1";
    assertRefused("23503", insert.formatted(0, "repeat('0', 64)"));
    assertRefused("23503", insert.formatted(100_000, "hash"));
  }

  private void assertRefused(String state, String... statements) {
    assertThatThrownBy(() -> database.tryOut(statements))
        .as(List.of(statements).toString())
        .isInstanceOfSatisfying(
            SQLException.class,
            refusal -> assertThat(refusal.getSQLState()).as(refusal.getMessage()).isEqualTo(state));
  }

  private static String decide(String slug, String person) {
    return "insert into profile_decision (version_id, person, approves, digest) select v.id, '"
        + person
        + "', true, v.digest from profile_version v"
        + where(slug);
  }

  private static String approve(String slug) {
    return "update profile_version v set state = 'approved'" + where(slug);
  }

  private static String where(String slug) {
    return " where v.number = 1 and v.profile_id = (select id from profile_profile where slug = '"
        + slug
        + "')";
  }
}
