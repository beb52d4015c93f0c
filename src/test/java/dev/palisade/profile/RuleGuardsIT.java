package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.account.Role;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the database itself refuses of looser rules, emergencies and lone approvals. Every attempt
 * is raw SQL in the application's role, in one transaction that is rolled back.
 */
@Tag("database")
class RuleGuardsIT {

  private static final Map<String, Integer> COOKIES = Map.of("net.ipv4.tcp_syncookies", 1);
  private static final String REFUSED_RULE = "23514";
  private static final String REFUSED_TWICE = "23505";

  private static String second;

  private final Portal portal = Portal.running();
  private Database database;
  private String slug;

  @BeforeAll
  static void anotherApprover() {
    second = Portal.running().name("second");
    Portal.running().person(second, Role.APPROVER);
  }

  /** A profile that asks for two approvals, with a version in review. */
  @BeforeEach
  void prepare() {
    database = Database.asApplication(portal);
    slug = portal.submitted("ruled", COOKIES);
    portal
        .as(Role.AUTHOR)
        .patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 2))
        .expect(200);
  }

  @Test
  void aRuleIsNotLoosenedWithoutAChange() {
    assertRefused(REFUSED_RULE, "update profile_profile p set required_approvals = 1" + profile());
    assertRefused(
        REFUSED_RULE, "update profile_profile p set emergency_seconds = 3600" + profile());
  }

  /** The other tests could pass because something else is wrong: this is the way that works. */
  @Test
  void twoPeopleLoosenARule() throws SQLException {
    database.tryOut(propose("approver"), decide("approved", second), loosen());
  }

  @Test
  void anOpenRejectedOrWithdrawnChangeLoosensNothing() {
    assertRefused(REFUSED_RULE, propose("approver"), loosen());
    assertRefused(REFUSED_RULE, propose("approver"), decide("rejected", second), loosen());
    assertRefused(REFUSED_RULE, propose("approver"), decide("withdrawn", "approver"), loosen());
  }

  @Test
  void whoProposedAChangeDoesNotApproveIt() {
    assertRefused(REFUSED_RULE, propose("approver"), decide("approved", "approver"));
    assertRefused(REFUSED_RULE, propose("approver"), decide("rejected", "approver"));
  }

  @Test
  void nobodyElseTakesAChangeBack() {
    assertRefused(REFUSED_RULE, propose("approver"), decide("withdrawn", second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"portal", "author", "admin", "operator"})
  void whoIsNoApproverNeitherProposesNorDecides(String person) {
    assertRefused(REFUSED_RULE, propose(person));
    assertRefused(REFUSED_RULE, propose("approver"), decide("approved", person));
  }

  @Test
  void whoIsDisabledNeitherProposesNorDecides() {
    String off = disable(second);
    assertRefused(REFUSED_RULE, off, propose(second));
    assertRefused(REFUSED_RULE, off, propose("approver"), decide("approved", second));
    assertRefused(REFUSED_RULE, propose(second), off, decide("approved", "approver"));
    assertRefused(REFUSED_RULE, propose("approver"), decide("approved", second), off, loosen());
  }

  @Test
  void aChangeIsUsedOnce() {
    assertRefused(
        REFUSED_RULE,
        propose("approver"),
        decide("approved", second),
        loosen(),
        "update profile_profile p set required_approvals = 2" + profile(),
        loosen());
  }

  @Test
  void aChangeLoosensItsOwnProfileToItsOwnRuleOnly() {
    String other = portal.draft("other", COOKIES);
    portal
        .as(Role.AUTHOR)
        .patch("/api/v1/profiles/" + other, Map.of("requiredApprovals", 2))
        .expect(200);
    assertRefused(
        REFUSED_RULE,
        propose("approver"),
        decide("approved", second),
        loosen().replace("'" + slug + "'", "'" + other + "'"));
    assertRefused(
        REFUSED_RULE,
        propose("approver"),
        decide("approved", second),
        loosen().replace("set ", "set emergency_seconds = 3600, "));
  }

  @Test
  void aChangeStartsFromTheRuleThatHolds() {
    String stricter = "update profile_profile p set required_approvals = 3" + profile();
    assertRefused(REFUSED_RULE, stricter, propose("approver").replace("p.required_approvals", "2"));
    assertRefused(REFUSED_RULE, propose("approver"), stricter, decide("approved", second));
    assertRefused(
        REFUSED_RULE, propose("approver"), decide("approved", second), stricter, loosen());
  }

  @Test
  void aChangeIsDecidedOnceAndOneWaits() {
    assertRefused(
        REFUSED_RULE,
        propose("approver"),
        decide("rejected", second),
        decide("approved", second).replace("'open'", "'rejected'"));
    assertRefused(REFUSED_TWICE, propose("approver"), propose(second));
    assertRefused(REFUSED_RULE, propose("approver"), decide("void", null));
    assertRefused(REFUSED_RULE, propose("approver").replace("'Why.'", "''"));
    assertRefused(REFUSED_RULE, propose("approver").replace(", 1, 0, 'Why", ", 2, 0, 'Why"));
  }

  @Test
  void withoutLeaveThereIsNoEmergency() {
    assertRefused(REFUSED_RULE, urgent("approver"));
    assertRefused(REFUSED_RULE, approve("approver"), approved("interval '1 hour'"));
  }

  /** The way that works. */
  @Test
  void withLeaveOneApprovesForNowAndAnotherConfirms() throws SQLException {
    database.tryOut(emergency(approve(second), confirm()));
  }

  @Test
  void anEmergencyNeedsItsOwnApprovalAndAReason() {
    assertRefused(REFUSED_RULE, with(allow(), approve("approver"), approved("interval '1 hour'")));
    assertRefused(REFUSED_RULE, with(allow(), approved("interval '1 hour'")));
    assertRefused(REFUSED_RULE, with(allow(), urgent("approver").replace("'Now.'", "' '")));
    assertRefused(REFUSED_RULE, with(allow(), urgent("author"), approved("interval '1 hour'")));
  }

  @Test
  void anEmergencyHasTheTimeThatTheProfileAllows() {
    assertRefused(
        REFUSED_RULE, with(allow(), urgent("approver"), approved("interval '63 minutes'")));
    assertRefused(
        REFUSED_RULE,
        emergency(
            "update profile_version v set emergency_until = now() + interval '2 hours'"
                + version()));
    assertRefused(
        REFUSED_RULE, emergency("update profile_version v set emergency_until = null" + version()));
    assertRefused(REFUSED_RULE, "update profile_version v set emergency_until = now()" + version());
  }

  @Test
  void anEmergencyIsConfirmedByAnotherApproverOnly() {
    assertRefused(REFUSED_RULE, emergency(confirm()));
    assertRefused(REFUSED_TWICE, emergency(approve("approver")));
    assertRefused(REFUSED_RULE, emergency(approve("author")));
    assertRefused(REFUSED_RULE, emergency(approve(second), disable(second), confirm()));
    assertRefused(REFUSED_RULE, emergency(urgent(second)));
    assertRefused(
        REFUSED_RULE, emergency(approve(second).replace("true, v.digest", "false, v.digest")));
    String third = portal.name("third");
    portal.person(third, Role.APPROVER);
    assertRefused(REFUSED_RULE, emergency(approve(second), confirm(), approve(third)));
  }

  @Test
  void whatNobodyConfirmedInTimeIsNeitherRolledOutNorReleased() throws SQLException {
    long rollout = portal.rollOut(portal.host("ruled"), portal.approved("good", COOKIES));
    String carried =
        "insert into rollout_version select "
            + rollout
            + ", v.id from profile_version v"
            + version();
    String released =
        "insert into release_release (digest, record, module, nar_hash, archive, catalog_version)"
            + " select encode(sha256(convert_to(r, 'UTF8')), 'hex'), r, '', 'sha256-"
            + "A".repeat(43)
            + "=', '', repeat('0', 64) from (select '{\"profiles\":[{\"slug\":\""
            + slug
            + "\",\"number\":1,\"digest\":\"' || v.digest || '\"}]}' as r from profile_version v"
            + version()
            + ") x";
    database.tryOut(emergency(carried, released));
    String[] lapsed = with(allow(), urgent("approver"), approved("interval '-1 second'"));
    assertRefused(REFUSED_RULE, with(lapsed, carried));
    assertRefused(REFUSED_RULE, with(lapsed, released));
    database.tryOut(with(lapsed, approve(second), confirm(), carried, released));
  }

  @Test
  void whatNobodyConfirmedInTimeIsNotOfferedAgain() throws SQLException {
    database.run(emergency());
    long rollout = portal.rollOut(portal.host("offered"), slug);
    String again =
        "insert into release_offer (host_id, number, release_digest, rollout_id, offered_by) select"
            + " host_id, number + 1, release_digest, rollout_id, offered_by from release_offer"
            + " where rollout_id = "
            + rollout;
    database.tryOut(again);
    database.tamper(Database.lapse(slug));
    assertRefused(REFUSED_RULE, again);
    database.tryOut(approve(second), confirm(), again);
  }

  @Test
  void aDecisionSaysByItselfThatAWriterTookIt() throws SQLException {
    assertRefused(
        REFUSED_RULE,
        approve("author")
            .replace("digest)", "digest, by_writer)")
            .replace("v.digest from", "v.digest, true from"));
    database.tryOut(
        approve("approver")
            .replace("digest)", "digest, by_writer)")
            .replace("v.digest from", "v.digest, true from"),
        "do $$ begin assert not exists (select from profile_decision d join profile_version v on"
            + " v.id = d.version_id"
            + version()
            + " and d.by_writer); end $$");
  }

  @Test
  void whoIsNoApproverDoesNotDecide() {
    assertRefused(REFUSED_RULE, approve("viewer"));
    assertRefused(REFUSED_RULE, approve("operator"));
    assertRefused(
        REFUSED_RULE,
        approve("approver"),
        approve(second),
        "delete from account_role where user_id = (select id from account_user where username = '"
            + second
            + "')",
        "update profile_version v set state = 'approved'" + version());
  }

  private String propose(String person) {
    return "insert into profile_rule_change (profile_id, from_approvals, from_emergency_seconds,"
        + " to_approvals, to_emergency_seconds, reason, proposed_by) select p.id,"
        + " p.required_approvals, p.emergency_seconds, 1, 0, 'Why.', '"
        + person
        + "' from profile_profile p"
        + profile();
  }

  private String decide(String state, String person) {
    return "update profile_rule_change c set state = '"
        + state
        + "', decided_at = now(), decided_by = "
        + (person == null ? "null" : "'" + person + "'")
        + " where c.state = 'open' and c.profile_id = (select p.id from profile_profile p"
        + profile()
        + ")";
  }

  /** Applies the change that was proposed last. */
  private String loosen() {
    return "update profile_profile p set required_approvals = 1, rule_change_id = (select max(c.id)"
        + " from profile_rule_change c)"
        + profile();
  }

  /** Lets two people allow an emergency of an hour. */
  private String[] allow() {
    return new String[] {
      propose("approver").replace(", 1, 0, 'Why", ", 2, 3600, 'Why"),
      decide("approved", second),
      loosen().replace("required_approvals = 1", "emergency_seconds = 3600")
    };
  }

  /** A version approved in an emergency of an hour, and what comes after. */
  private String[] emergency(String... after) {
    return with(with(allow(), urgent("approver"), approved("interval '1 hour'")), after);
  }

  private static String[] with(String[] before, String... after) {
    List<String> all = new ArrayList<>(Arrays.asList(before));
    all.addAll(Arrays.asList(after));
    return all.toArray(String[]::new);
  }

  private String approve(String person) {
    return "insert into profile_decision (version_id, person, approves, digest) select v.id, '"
        + person
        + "', true, v.digest from profile_version v"
        + version();
  }

  private String urgent(String person) {
    return "insert into profile_decision (version_id, person, approves, digest, emergency, comment)"
        + " select v.id, '"
        + person
        + "', true, v.digest, true, 'Now.' from profile_version v"
        + version();
  }

  private String approved(String within) {
    return "update profile_version v set state = 'approved', emergency_until = now() + "
        + within
        + version();
  }

  private String confirm() {
    return "update profile_version v set emergency_confirmed_at = now()" + version();
  }

  private static String disable(String person) {
    return "update account_user set disabled_at = now() where username = '" + person + "'";
  }

  private String version() {
    return " where v.number = 1 and v.profile_id = (select p.id from profile_profile p"
        + profile()
        + ")";
  }

  private String profile() {
    return " where p.slug = '" + slug + "'";
  }

  private void assertRefused(String state, String... statements) {
    assertThatThrownBy(() -> database.tryOut(statements))
        .as(Stream.of(statements).toList().toString())
        .isInstanceOfSatisfying(
            SQLException.class,
            refusal -> assertThat(refusal.getSQLState()).as(refusal.getMessage()).isEqualTo(state));
  }
}
