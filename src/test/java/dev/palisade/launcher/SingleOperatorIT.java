package dev.palisade.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.PortalProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A home of one: alone while the launcher says so, and never again afterwards. */
@Tag("portal")
class SingleOperatorIT {

  private static final String PASSWORD = "the password of one";
  private static final String RULES = "/api/v1/profiles/alone/rule-changes";

  private final Path data = PortalProcess.freshDirectory("single-operator");

  @Test
  void oneDecidesAloneWhileTheModeIsOnAndEachSuchDecisionIsMarkedForEver() throws SQLException {
    try (PortalProcess portal =
        PortalProcess.start(data, Map.of("PALISADE_SINGLE_OPERATOR", "true"))) {
      portal.awaitReady();
      Caller admin = portal.caller().signedIn("admin", PortalProcess.ADMIN_PASSWORD);
      create(admin, "one", List.of("author", "approver"));
      create(admin, "other", List.of("approver"));
      Caller one = portal.caller().signedIn("one", PASSWORD);
      assertMarked(approvedAlone(one), true);
      write(one, "open", 1);
      write(one, "alone", 2);
      assertLoosenedAlone(one);
      write(one, "helped", 1);
      Caller other = portal.caller().signedIn("other", PASSWORD);
      assertMarked(approve(other, "helped", 200), false);
      assertTheMarkIsTheDatabases();
      assertThat(acts(admin)).contains("portal.started-for-single-operator");
      write(one, "waits", 2);
      assertMarked(approve(one, "waits", 200), true);
    }
    try (PortalProcess portal = PortalProcess.start(data)) {
      portal.awaitReady();
      Caller one = portal.caller().signedIn("one", PASSWORD);
      assertMarked(version(one, "own"), true);
      assertThat(version(one, "own").get("state").textValue()).isEqualTo("approved");
      approve(one, "open", 403);
      assertThat(version(one, "open").get("state").textValue()).isEqualTo("in_review");
      Caller other = portal.caller().signedIn("other", PASSWORD);
      assertThat(approve(other, "waits", 200).get("state").textValue()).isEqualTo("in_review");
      long id = propose(one, "waits");
      one.post("/api/v1/profiles/waits/rule-changes/" + id + "/approve", Map.of()).expect(403);
      assertOwnDecisionsAreRefused();
    }
  }

  private static void create(Caller admin, String name, List<String> roles) {
    admin
        .post("/api/v1/users", Map.of("username", name, "roles", roles, "password", PASSWORD))
        .expect(201);
  }

  private static JsonNode approvedAlone(Caller one) {
    write(one, "own", 1);
    JsonNode approved = approve(one, "own", 200);
    assertThat(approved.get("state").textValue()).isEqualTo("approved");
    assertThat(approved.at("/flags/0").textValue()).isEqualTo("single-operator");
    return approved;
  }

  private static void assertLoosenedAlone(Caller one) {
    long id = propose(one, "alone");
    JsonNode change = one.post(RULES + "/" + id + "/approve", Map.of()).expect(200).json();
    assertThat(change.get("singleOperator").booleanValue()).isTrue();
    assertThat(one.get("/api/v1/profiles/alone").json().get("requiredApprovals").intValue())
        .isEqualTo(1);
  }

  private static void assertMarked(JsonNode version, boolean marked) {
    assertThat(version.at("/approvals/0/singleOperator").booleanValue()).isEqualTo(marked);
  }

  private static void write(Caller caller, String slug, int approvals) {
    caller
        .post(
            "/api/v1/profiles", Map.of("slug", slug, "name", slug, "requiredApprovals", approvals))
        .expect(201);
    caller.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    caller
        .put(
            Portal.version(slug) + "/settings",
            Portal.entries(Map.of("net.ipv4.tcp_syncookies", 1)))
        .expect(200);
    caller.post(Portal.version(slug) + "/submit").expect(200);
  }

  private static long propose(Caller caller, String slug) {
    return caller
        .post(
            "/api/v1/profiles/" + slug + "/rule-changes",
            Map.of("requiredApprovals", 1, "reason", "I am alone."))
        .expect(201)
        .json()
        .get("id")
        .longValue();
  }

  private static JsonNode version(Caller caller, String slug) {
    return caller.get(Portal.version(slug)).expect(200).json();
  }

  private static JsonNode approve(Caller caller, String slug, int status) {
    String digest = version(caller, slug).get("digest").textValue();
    return caller
        .post(Portal.version(slug) + "/approve", Map.of("digest", digest))
        .expect(status)
        .json();
  }

  private static List<String> acts(Caller caller) {
    return caller.get("/api/v1/journal?limit=200").expect(200).json().findValuesAsText("act");
  }

  /** Whatever the application writes, the trigger knows who wrote the content. */
  private void assertTheMarkIsTheDatabases() throws SQLException {
    try (Connection app = EmbeddedAccess.of(data).application();
        Statement statement = app.createStatement()) {
      app.setAutoCommit(false);
      statement.execute(decision("by_writer", "false"));
      statement.execute(
          "do $$ begin assert (select d.by_writer from profile_decision d where d.person = 'one'"
              + " and d.version_id = (select v.id from profile_version v join profile_profile p on"
              + " p.id = v.profile_id where p.slug = 'open')); end $$");
      app.rollback();
    }
  }

  private void assertOwnDecisionsAreRefused() throws SQLException {
    try (Connection app = EmbeddedAccess.of(data).application();
        Statement statement = app.createStatement()) {
      for (String sql :
          List.of(
              decision("by_writer", "true"),
              "update profile_rule_change set state = 'approved', decided_by = 'one', decided_at ="
                  + " now(), by_proposer = true where state = 'open'")) {
        assertThatThrownBy(() -> statement.execute(sql))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
      }
    }
  }

  private static String decision(String column, String value) {
    return "insert into profile_decision (version_id, person, approves, digest, "
        + column
        + ") select v.id, 'one', true, v.digest, "
        + value
        + " from profile_version v join profile_profile p on p.id = v.profile_id where p.slug ="
        + " 'open'";
  }
}
