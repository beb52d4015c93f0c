package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of a profile and what bends it, through the API of a running portal. */
@Tag("portal")
class RulesIT {

  private static final Map<String, Integer> COOKIES = Map.of("net.ipv4.tcp_syncookies", 1);

  private static String secondName;
  private static Caller second;

  private final Portal portal = Portal.running();

  @BeforeAll
  static void anotherApprover() {
    secondName = Portal.running().name("second");
    second = Portal.running().person(secondName, Role.APPROVER);
  }

  @Test
  void loweringTheRuleTakesTwoPeople() {
    String slug = strict("lowered", null);
    Caller first = portal.as(Role.APPROVER);
    portal
        .as(Role.AUTHOR)
        .patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 1))
        .expect(409);
    String change = propose(first, slug, Map.of("requiredApprovals", 1));
    assertThat(rule(slug)).isEqualTo("2 null");
    assertThat(first.post(change + "/approve", Map.of()).code()).isEqualTo("same-person");
    assertThat(rule(slug)).isEqualTo("2 null");
    JsonNode approved = second.post(change + "/approve", Map.of()).expect(200).json();
    assertThat(approved.get("state").textValue()).isEqualTo("approved");
    assertThat(approved.get("decidedBy").textValue()).isEqualTo(secondName);
    assertThat(approved.get("singleOperator").booleanValue()).isFalse();
    assertThat(rule(slug)).isEqualTo("1 null");
    first.post(Portal.version(slug) + "/approve", digest(slug)).expect(200);
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("approved");
    assertThat(acts(slug)).contains("profile.rule-change-proposed", "profile.rule-change-approved");
  }

  @Test
  void aDecisionOnARuleNeedsNoWords() {
    String slug = strict("wordless", null);
    String change = propose(portal.as(Role.APPROVER), slug, Map.of("requiredApprovals", 1));
    second.post(change + "/approve").expect(200);
    assertThat(rule(slug)).isEqualTo("1 null");
  }

  @Test
  void oneProposalWaitsAtATimeAndItsProposerTakesItBack() {
    String slug = strict("waiting", null);
    Caller first = portal.as(Role.APPROVER);
    String change = propose(first, slug, Map.of("requiredApprovals", 1));
    Answer another = second.post(changes(slug), Map.of("requiredApprovals", 1, "reason", "Mine."));
    assertThat(another.status()).as(another.toString()).isEqualTo(409);
    second.post(change + "/withdraw").expect(409);
    first.post(change + "/withdraw").expect(200);
    second.post(change + "/approve", Map.of()).expect(409);
    String next = propose(second, slug, Map.of("requiredApprovals", 1));
    first.post(next + "/reject", Map.of("comment", "")).expect(422);
    first.post(next + "/reject", Map.of("comment", "Two it is.")).expect(200);
    assertThat(rule(slug)).isEqualTo("2 null");
    assertThat(portal.as(Role.VIEWER).get(changes(slug)).expect(200).json().get("items"))
        .extracting(c -> c.get("state").textValue())
        .containsExactly("rejected", "withdrawn");
    assertThat(acts(slug))
        .contains("profile.rule-change-withdrawn", "profile.rule-change-rejected");
  }

  @Test
  void aProposalIsVoidOnceItsProposerIsDisabledAndMakesRoom() {
    String leaver = portal.name("leaver");
    Caller leaving = portal.person(leaver, Role.APPROVER);
    String slug = strict("left", null);
    String change = propose(leaving, slug, Map.of("requiredApprovals", 1));
    disable(leaver);
    Caller first = portal.as(Role.APPROVER);
    Answer refused = first.post(change + "/approve", Map.of());
    assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
    assertThat(refused.json().get("detail").textValue()).contains(leaver);
    assertThat(first.get(change).expect(200).json().get("state").textValue()).isEqualTo("void");
    assertThat(rule(slug)).isEqualTo("2 null");
    propose(first, slug, Map.of("requiredApprovals", 1));
    assertThat(first.get(change).expect(200).json().get("whyVoid").isNull()).isTrue();
    assertThat(first.get(change).expect(200).json().get("state").textValue()).isEqualTo("void");
  }

  @Test
  void aProposalIsVoidOnceTheRuleChanged() {
    String slug = strict("moved", null);
    String change = propose(second, slug, Map.of("requiredApprovals", 1));
    tighten(slug, Map.of("requiredApprovals", 3));
    portal.as(Role.APPROVER).post(change + "/approve", Map.of()).expect(409);
    assertThat(rule(slug)).isEqualTo("3 null");
  }

  @Test
  void allowingAnEmergencyTakesTwoPeopleAndForbiddingItOne() {
    String slug = strict("emergency", null);
    Caller author = portal.as(Role.AUTHOR);
    String path = "/api/v1/profiles/" + slug;
    author.patch(path, Map.of("emergencyWithin", "PT24H")).expect(409);
    String change = propose(second, slug, Map.of("emergencyWithin", "PT24H"));
    portal.as(Role.APPROVER).post(change + "/approve", Map.of("comment", "Fine.")).expect(200);
    assertThat(rule(slug)).isEqualTo("2 PT24H");
    author.patch(path, Map.of("emergencyWithin", "PT48H")).expect(409);
    tighten(slug, Map.of("emergencyWithin", "PT1H"));
    assertThat(rule(slug)).isEqualTo("2 PT1H");
    tighten(slug, Map.of("emergencyWithin", "PT0S"));
    assertThat(rule(slug)).isEqualTo("2 null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requiredApprovals\": 0, \"reason\": \"x\"}",
        "{\"requiredApprovals\": 11, \"reason\": \"x\"}",
        "{\"requiredApprovals\": 1}",
        "{\"requiredApprovals\": 1, \"reason\": \" \"}",
        "{\"emergencyWithin\": \"PT1M\", \"reason\": \"x\"}",
        "{\"emergencyWithin\": \"P30D\", \"reason\": \"x\"}",
        "{\"emergencyWithin\": \"soon\", \"reason\": \"x\"}",
        "{\"emergencyWithin\": \"PT9999999999999999999H\", \"reason\": \"x\"}"
      })
  void aProposalThatCannotBeReadNamesItsMember(String body) {
    Answer answer = second.post(changes(strict("odd", null)), body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue())
        .isIn("/requiredApprovals", "/emergencyWithin", "/reason");
  }

  @Test
  void onlyApproversProposeAndDecide() {
    String slug = strict("others", null);
    String change = propose(second, slug, Map.of("requiredApprovals", 1));
    for (Role role : List.of(Role.VIEWER, Role.AUTHOR, Role.OPERATOR, Role.ADMINISTRATOR)) {
      Caller caller = portal.as(role);
      caller.post(changes(slug), Map.of("requiredApprovals", 1, "reason", "x")).expect(403);
      caller.post(change + "/approve", Map.of()).expect(403);
      caller.post(change + "/reject", Map.of("comment", "x")).expect(403);
      caller.post(change + "/withdraw").expect(403);
    }
    portal.as(Role.APPROVER).post(changes(slug) + "/999999/approve", Map.of()).expect(404);
    String other = strict("elsewhere", null);
    String id = change.substring(change.lastIndexOf('/'));
    portal.as(Role.APPROVER).post(changes(other) + id + "/approve", Map.of()).expect(404);
  }

  @Test
  void anEmergencyIsFlaggedUntilASecondPersonApproves() {
    String slug = strict("urgent", "PT4H");
    Caller first = portal.as(Role.APPROVER);
    String path = Portal.version(slug) + "/approve";
    first.post(path, urgent(slug, "")).expect(422);
    first.post(path, urgent(slug, "The exploit is out.")).expect(200);
    JsonNode version = portal.read(slug);
    assertThat(version.get("state").textValue()).isEqualTo("approved");
    assertThat(version.at("/emergency/until").textValue()).isNotNull();
    assertThat(version.at("/emergency/confirmedAt").isNull()).isTrue();
    assertThat(version.at("/flags/0").textValue()).isEqualTo("emergency");
    assertThat(version.at("/approvals/0/emergency").booleanValue()).isTrue();
    portal.rollOut(portal.host("urgent"), slug);
    first.post(path, digest(slug)).expect(409);
    second.post(path, digest(slug)).expect(200);
    assertThat(portal.read(slug).at("/emergency/confirmedAt").textValue()).isNotNull();
    assertThat(portal.read(slug).get("flags")).isEmpty();
    assertThat(acts(slug + " v1"))
        .contains("version.approved-in-emergency", "version.emergency-confirmed")
        .doesNotContain("version.approved");
  }

  @Test
  void withoutLeaveThereIsNoEmergency() {
    String slug = strict("calm", null);
    portal
        .as(Role.APPROVER)
        .post(Portal.version(slug) + "/approve", urgent(slug, "Now!"))
        .expect(409);
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("in_review");
    assertThat(portal.read(slug).get("approvals")).isEmpty();
  }

  @Test
  void anEmergencyThatNobodyConfirmedIsNeitherPlannedNorStartedUntilItIs() throws SQLException {
    String slug = strict("lapsed", "PT1H");
    RegisteredHost host = portal.host("lapsed");
    portal
        .as(Role.APPROVER)
        .post(Portal.version(slug) + "/approve", urgent(slug, "It burns."))
        .expect(200);
    Caller operator = portal.as(Role.OPERATOR);
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug)).expect(200);
    Map<String, Object> rollout =
        Map.of("name", slug, "selector", "name = " + host.name(), "versions", Map.of(slug, 1));
    long planned =
        operator.post("/api/v1/rollouts", rollout).expect(201).json().get("id").longValue();
    Database.asApplication(portal).tamper(Database.lapse(slug));
    assertThat(portal.read(slug).at("/flags/0").textValue()).isEqualTo("emergency-lapsed");
    Answer start = operator.post("/api/v1/rollouts/" + planned + "/start");
    assertThat(start.code()).as(start.toString()).isEqualTo("not-approved");
    assertThat(start.json().get("detail").textValue()).contains("did not come in time");
    assertThat(operator.post("/api/v1/rollouts", rollout).code()).isEqualTo("not-approved");
    second.post(Portal.version(slug) + "/approve", digest(slug)).expect(200);
    operator.post("/api/v1/rollouts/" + planned + "/start").expect(200);
  }

  @Test
  void whoIsDisabledLaterIsFlaggedAndTheApprovalStands() {
    String leaver = portal.name("leaver");
    Caller leaving = portal.person(leaver, Role.APPROVER);
    String slug = portal.submitted("stands", COOKIES);
    leaving.post(Portal.version(slug) + "/approve", digest(slug)).expect(200);
    assertThat(portal.read(slug).at("/approvals/0/approverDisabled").booleanValue()).isFalse();
    disable(leaver);
    JsonNode version = portal.read(slug);
    assertThat(version.get("state").textValue()).isEqualTo("approved");
    assertThat(version.at("/approvals/0/approverDisabled").booleanValue()).isTrue();
    assertThat(version.at("/flags/0").textValue()).isEqualTo("approver-disabled");
    portal.rollOut(portal.host("stands"), slug);
  }

  @Test
  void whoIsDisabledOrNoApproverBeforeTheTransitionDoesNotCount() {
    String leaver = portal.name("leaver");
    Caller leaving = portal.person(leaver, Role.APPROVER);
    String slug = strict("early", null);
    leaving.post(Portal.version(slug) + "/approve", digest(slug)).expect(200);
    portal
        .as(Role.ADMINISTRATOR)
        .patch("/api/v1/users/" + leaver, Map.of("roles", List.of("viewer")))
        .expect(200);
    portal.as(Role.APPROVER).post(Portal.version(slug) + "/approve", digest(slug)).expect(200);
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("in_review");
    portal
        .person(portal.name("third"), Role.APPROVER)
        .post(Portal.version(slug) + "/approve", digest(slug))
        .expect(200);
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("approved");
  }

  /** A profile that asks for two approvals, with a version in review. */
  private String strict(String prefix, String emergencyWithin) {
    String slug = portal.name(prefix);
    Map<String, Object> profile = new TreeMap<>();
    profile.put("slug", slug);
    profile.put("name", slug);
    profile.put("requiredApprovals", 2);
    profile.put("emergencyWithin", emergencyWithin);
    Caller author = portal.as(Role.AUTHOR);
    author.post("/api/v1/profiles", profile).expect(201);
    author.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    author.put(Portal.version(slug) + "/settings", Portal.entries(COOKIES)).expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    return slug;
  }

  private void tighten(String slug, Map<String, ?> change) {
    portal.as(Role.AUTHOR).patch("/api/v1/profiles/" + slug, change).expect(200);
  }

  /** Returns the path of the proposal. */
  private static String propose(Caller caller, String slug, Map<String, ?> wish) {
    Map<String, Object> body = new TreeMap<>(wish);
    body.put("reason", "There are two of us.");
    long id = caller.post(changes(slug), body).expect(201).json().get("id").longValue();
    return changes(slug) + "/" + id;
  }

  private static String changes(String slug) {
    return "/api/v1/profiles/" + slug + "/rule-changes";
  }

  private String rule(String slug) {
    JsonNode profile = portal.as(Role.VIEWER).get("/api/v1/profiles/" + slug).expect(200).json();
    return profile.get("requiredApprovals").intValue()
        + " "
        + profile.get("emergencyWithin").textValue();
  }

  private void disable(String username) {
    portal
        .as(Role.ADMINISTRATOR)
        .patch("/api/v1/users/" + username, Map.of("disabled", true))
        .expect(200);
  }

  private Map<String, Object> digest(String slug) {
    return Map.of("digest", portal.read(slug).get("digest").textValue());
  }

  private Map<String, Object> urgent(String slug, String reason) {
    return Map.of(
        "digest",
        portal.read(slug).get("digest").textValue(),
        "comment",
        reason,
        "emergency",
        true);
  }

  private List<String> acts(String object) {
    List<String> acts = new ArrayList<>();
    portal
        .as(Role.AUDITOR)
        .get("/api/v1/journal?object=" + object.replace(" ", "%20"))
        .expect(200)
        .json()
        .get("items")
        .forEach(entry -> acts.add(entry.get("act").textValue()));
    return acts;
  }
}
