package dev.palisade.shell;

import static dev.palisade.account.Permission.ADMINISTER;
import static dev.palisade.account.Permission.AUTHOR_PROFILES;
import static dev.palisade.account.Permission.COMMENT_REVIEWS;
import static dev.palisade.account.Permission.DECIDE_REVIEWS;
import static dev.palisade.account.Permission.END_WAIVERS;
import static dev.palisade.account.Permission.EXPORT;
import static dev.palisade.account.Permission.FETCH_RELEASES;
import static dev.palisade.account.Permission.OPERATE_FLEET;
import static dev.palisade.account.Permission.SEND_EVIDENCE;
import static dev.palisade.account.Permission.VIEW;
import static dev.palisade.account.Permission.VIEW_RECORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.account.Permission;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call, asked by every role, by a host and by nobody. */
@Tag("portal")
class RolesIT {

  private static final String NO_VERSION = "/api/v1/profiles/no-such-profile/versions/1";
  private static final String DIGEST = "{\"digest\":\"" + "0".repeat(64) + "\",\"comment\":\"x\"}";

  private static Portal portal;

  /** One call, with a body that passes every check that comes before the permission's. */
  private record Call(String method, String path, String body, Permission permission) {

    Answer by(Caller caller) {
      return body == null
          ? caller.send(method, path, null, BodyPublishers.noBody())
          : caller.json(method, path, body);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Call> calls() {
    return Stream.of(
        get("/api/v1/catalog", VIEW),
        get("/api/v1/catalog/kernel.sysrq", VIEW),
        get("/api/v1/profiles", VIEW),
        get("/api/v1/profiles/homelab-lan", VIEW),
        get("/api/v1/profiles/homelab-lan/versions", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1/diff", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1/impact", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1/module.nix", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1/module.tar.gz", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1/sysctl.conf", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1/version.json", VIEW),
        call("POST", "/api/v1/profiles", "{\"slug\":\"-\"}", AUTHOR_PROFILES),
        call("PATCH", "/api/v1/profiles/no-such-profile", "{}", AUTHOR_PROFILES),
        call("POST", "/api/v1/profiles/no-such-profile/versions", "{}", AUTHOR_PROFILES),
        call(
            "POST",
            "/api/v1/profiles/no-such-profile/import",
            "{\"format\":\"nix\",\"text\":\"a = 1;\"}",
            AUTHOR_PROFILES),
        get("/api/v1/profiles/homelab-lan/versions/1/parameters", VIEW),
        call("PUT", NO_VERSION + "/settings", "[]", AUTHOR_PROFILES),
        call("PUT", NO_VERSION + "/parameters", "[]", AUTHOR_PROFILES),
        call("PUT", NO_VERSION + "/extends", "{\"slug\":\"x\",\"number\":1}", AUTHOR_PROFILES),
        call("DELETE", NO_VERSION + "/extends", null, AUTHOR_PROFILES),
        call("POST", NO_VERSION + "/submit", null, AUTHOR_PROFILES),
        call("POST", NO_VERSION + "/withdraw", null, AUTHOR_PROFILES),
        call("POST", NO_VERSION + "/retire", null, AUTHOR_PROFILES),
        call("POST", NO_VERSION + "/approve", DIGEST, DECIDE_REVIEWS),
        call("POST", NO_VERSION + "/reject", DIGEST, DECIDE_REVIEWS),
        call("POST", NO_VERSION + "/comments", "{\"text\":\"x\"}", COMMENT_REVIEWS),
        get("/api/v1/profiles/homelab-lan/versions/1/comments", VIEW),
        get("/api/v1/profiles/homelab-lan/versions/1/submissions", VIEW),
        get("/api/v1/hosts", VIEW),
        get("/api/v1/hosts/no-such-host", VIEW),
        get("/api/v1/hosts/no-such-host/profiles", VIEW),
        get("/api/v1/hosts/no-such-host/effective", VIEW),
        get("/api/v1/groups", VIEW),
        call("POST", "/api/v1/groups", "{\"slug\":\"-\"}", OPERATE_FLEET),
        call("PUT", "/api/v1/groups/no-such-group", "{}", OPERATE_FLEET),
        call("DELETE", "/api/v1/groups/no-such-group", null, OPERATE_FLEET),
        get("/api/v1/delivery-tokens", VIEW),
        get("/api/v1/delivery-tokens/999999", VIEW),
        get("/api/v1/delivery-tokens/999999/fleet.tar.gz", VIEW),
        call("POST", "/api/v1/delivery-tokens", "{\"name\":\"x\"}", OPERATE_FLEET),
        call("POST", "/api/v1/delivery-tokens/999999/revoke", null, OPERATE_FLEET),
        get("/api/v1/releases/" + "0".repeat(64) + "/proof", VIEW),
        get("/api/v1/hosts/no-such-host/module.nix", VIEW),
        get("/api/v1/hosts/no-such-host/module.tar.gz", VIEW),
        get("/api/v1/hosts/no-such-host/sysctl.conf", VIEW),
        get("/api/v1/hosts/no-such-host/reports", VIEW),
        call("POST", "/api/v1/hosts", "{\"name\":\"-\"}", OPERATE_FLEET),
        call("PATCH", "/api/v1/hosts/no-such-host", "{\"labels\":{}}", OPERATE_FLEET),
        call("PATCH", "/api/v1/hosts/no-such-host", "{\"parameters\":{}}", OPERATE_FLEET),
        call("PATCH", "/api/v1/hosts/no-such-host", "{}", OPERATE_FLEET),
        call("PATCH", "/api/v1/hosts/no-such-host", "{\"labels\":null}", OPERATE_FLEET),
        call("POST", "/api/v1/hosts/no-such-host/token", null, OPERATE_FLEET),
        call("PUT", "/api/v1/hosts/no-such-host/profiles", "[]", OPERATE_FLEET),
        get("/api/v1/rollouts", VIEW),
        get("/api/v1/rollouts/999999", VIEW),
        get("/api/v1/rollouts/999999/hosts", VIEW),
        call(
            "POST",
            "/api/v1/rollouts",
            "{\"name\":\"x\",\"selector\":\"all\",\"versions\":{}}",
            OPERATE_FLEET),
        call("POST", "/api/v1/rollouts/999999/start", null, OPERATE_FLEET),
        call("POST", "/api/v1/rollouts/999999/check", null, OPERATE_FLEET),
        call(
            "POST",
            "/api/v1/rollouts/999999/let-through",
            "{\"hosts\":[\"x\"],\"reason\":\"Console at hand\"}",
            OPERATE_FLEET),
        get("/api/v1/waivers", VIEW),
        get("/api/v1/waivers/999999", VIEW),
        call("POST", "/api/v1/waivers", "{\"host\":\"-\"}", OPERATE_FLEET),
        call("POST", "/api/v1/waivers/999999/approve", "{}", DECIDE_REVIEWS),
        call("POST", "/api/v1/waivers/999999/reject", "{\"comment\":\"x\"}", DECIDE_REVIEWS),
        call("POST", "/api/v1/waivers/999999/revoke", null, END_WAIVERS),
        get("/api/v1/findings", VIEW),
        get("/api/v1/compliance", VIEW),
        get("/api/v1/reports/999999", VIEW_RECORDS),
        get("/api/v1/journal", VIEW_RECORDS),
        get("/api/v1/journal?from=no-day", VIEW_RECORDS),
        get("/api/v1/journal?after=0&from=no-day", VIEW_RECORDS),
        get("/api/v1/journal/verify", VIEW_RECORDS),
        get("/api/v1/journal/export", EXPORT),
        get("/api/v1/users", VIEW_RECORDS),
        get("/api/v1/users/admin", VIEW_RECORDS),
        call("POST", "/api/v1/users", "{\"username\":\"-\"}", ADMINISTER),
        call("PATCH", "/api/v1/users/nobody", "{}", ADMINISTER),
        call("POST", "/agent/v1/reports", "{}", SEND_EVIDENCE),
        get("/agent/v1/desired", FETCH_RELEASES),
        get("/nix/keys", FETCH_RELEASES),
        get("/nix/fleet.tar.gz", FETCH_RELEASES),
        get("/nix/releases/" + "0".repeat(64) + ".proof.json", FETCH_RELEASES),
        get("/nix/hosts/no-such-host/latest.tar.gz", FETCH_RELEASES),
        get("/nix/releases/" + "0".repeat(64) + ".tar.gz", FETCH_RELEASES),
        get("/nix/releases/" + "0".repeat(64) + "/default.nix", FETCH_RELEASES));
  }

  private static Call get(String path, Permission permission) {
    return call("GET", path, null, permission);
  }

  private static Call call(String method, String path, String body, Permission permission) {
    return new Call(method, path, body, permission);
  }

  @BeforeAll
  static void usePortal() {
    portal = Portal.running();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isAnsweredToWhoMayAndRefusedToEverybodyElse(Call call) {
    for (Role role : Role.values()) {
      boolean may = role.permissions().contains(call.permission());
      Answer answer = call.by(portal.as(role));
      if (may) {
        assertThat(answer.status()).as(role + " " + answer).isNotIn(401, 403).isLessThan(500);
      } else {
        assertThat(answer.status()).as(role + " " + answer).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
      }
    }
    Answer nobody = call.by(portal.anonymous());
    assertThat(nobody.status()).as("nobody " + nobody).isEqualTo(401);
    assertThat(nobody.code()).isEqualTo("not-authenticated");
    assertThat(nobody.header("WWW-Authenticate")).isNotEmpty();
    assertThat(call.by(portal.anonymous().bearer("pu_wrong")).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aHostMayNothingButSendEvidenceAndFetch(Call call) {
    boolean may = call.permission() == SEND_EVIDENCE || call.permission() == FETCH_RELEASES;
    if (!may) {
      assertThat(call.by(portal.as(portal.host("curious"))).status()).isIn(401, 403);
    }
  }

  @Test
  void rolesAddUpAndEndWithTheirGrant() {
    String name = portal.name("changing");
    Caller person = portal.person(name, Role.VIEWER, Role.AUDITOR);
    person.get("/api/v1/journal").expect(200);
    administer(name, "{\"roles\":[\"viewer\"]}");
    person.get("/api/v1/journal").expect(403);
    person.get("/api/v1/hosts").expect(200);
    administer(name, "{\"disabled\":true}");
    person.get("/api/v1/hosts").expect(401);
    assertThat(
            portal
                .anonymous()
                .post(
                    "/api/v1/auth/token",
                    "{\"username\":\"" + name + "\",\"password\":\"the password of " + name + "\"}")
                .status())
        .isEqualTo(401);
  }

  @Test
  void anotherPasswordEndsTheSessionsAndTokensOfTheOldOne() {
    String name = portal.name("changing");
    Caller person = portal.person(name, Role.VIEWER);
    administer(name, "{\"password\":\"another password\"}");
    person.get("/api/v1/hosts").expect(401);
    portal.anonymous().signedIn(name, "another password").get("/api/v1/hosts").expect(200);
  }

  /** The container decodes a path before it looks for who answers; so must who asks for a token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61pi/v1/rollouts",
        "/api;x/v1/rollouts",
        "/api/v1;x=1/rollouts",
        "//api/v1/rollouts"
      })
  void anOddlyWrittenPathIsNoWayAroundTheToken(String path) {
    assertThat(portal.anonymous().post(path, "{}").status()).isBetween(400, 404);
  }

  private static void administer(String name, String change) {
    portal.as(Role.ADMINISTRATOR).patch("/api/v1/users/" + name, change).expect(200);
  }

  @Test
  void aSignInIsRefusedInTheSameWordsForEveryCause() {
    String disabled = portal.name("disabled");
    portal.person(disabled, Role.VIEWER);
    administer(disabled, "{\"disabled\":true}");
    TreeSet<String> answers = new TreeSet<>();
    for (String body :
        List.of(
            "{\"username\":\"nobody\",\"password\":\"wrong password\"}",
            "{\"username\":\"admin\",\"password\":\"wrong password\"}",
            "{\"username\":\"portal\",\"password\":\"wrong password\"}",
            "{\"username\":\"admin\"}",
            "{\"username\":\""
                + disabled
                + "\",\"password\":\"the password of "
                + disabled
                + "\"}")) {
      Answer answer = portal.anonymous().post("/api/v1/auth/token", body);
      assertThat(answer.status()).isEqualTo(401);
      answers.add(answer.text());
    }
    assertThat(answers).hasSize(1);
  }
}
