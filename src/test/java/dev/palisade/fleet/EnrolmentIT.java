package dev.palisade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts that enrol themselves. */
@Tag("portal")
class EnrolmentIT {

  private static final String ENROL = "/agent/v1/enrol";
  private static final String TOKENS = "/api/v1/enrolment-tokens";
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAXNgtLMzjqarG8+KjT6XPeIWuyo1O/DWrWZWNxfTShd";

  private final Portal portal = Portal.running();
  private final Caller operator = portal.as(Role.OPERATOR);

  @Test
  void aHostWaitsUntilAnOperatorAcceptsIt() {
    String token = token(Map.of("maxUses", 2, "labels", Map.of("env", "home")));
    String name = portal.name("enrolled");
    JsonNode enrolled =
        enrol(
                token,
                name,
                Map.of("facts", Map.of("kernel", "6.6.1"), "sshHostKey", KEY + " root@host"))
            .expect(201)
            .json();
    assertThat(enrolled.get("state").textValue()).isEqualTo("pending");
    Caller host = portal.anonymous().bearer(enrolled.get("token").textValue());
    for (String path : List.of("/agent/v1/desired", "/nix/hosts/" + name + "/latest.tar.gz")) {
      assertThat(host.get(path).expect(403).text()).contains("waits until an operator accepts it");
    }
    assertThat(host.post("/agent/v1/reports", Map.of()).expect(403).code()).isEqualTo("forbidden");
    JsonNode seen = portal.as(Role.VIEWER).get("/api/v1/hosts/" + name).json();
    assertThat(seen.get("labels").toString()).isEqualTo("{\"env\":\"home\"}");
    assertThat(seen.get("facts").toString()).isEqualTo("{\"kernel\":\"6.6.1\"}");
    assertThat(seen.get("sshHostKey").textValue()).isEqualTo(KEY);
    assertThat(refusedIn(name)).contains("waits to be accepted");
    portal.as(Role.VIEWER).post("/api/v1/hosts/" + name + "/accept").expect(403);
    assertThat(operator.post("/api/v1/hosts/" + name + "/accept").expect(200).json().get("state"))
        .hasToString("\"accepted\"");
    host.get("/agent/v1/desired").expect(204);
  }

  private String refusedIn(String name) {
    String slug = portal.approved("enrolled", Map.of("net.ipv4.tcp_syncookies", 1));
    operator.put("/api/v1/hosts/" + name + "/profiles", List.of(slug)).expect(200);
    long id =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of("name", "x", "selector", "name=" + name, "versions", Map.of(slug, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    return portal
        .as(Role.VIEWER)
        .get("/api/v1/rollouts/" + id + "/hosts")
        .json()
        .at("/items/0/reason")
        .textValue();
  }

  @Test
  void aTokenMayLetItsHostsInAtOnce() {
    String token = token(Map.of("autoAccept", true));
    JsonNode enrolled = enrol(token, portal.name("auto"), Map.of()).expect(201).json();
    assertThat(enrolled.get("state").textValue()).isEqualTo("accepted");
    portal
        .anonymous()
        .bearer(enrolled.get("token").textValue())
        .get("/agent/v1/desired")
        .expect(204);
  }

  @Test
  void aTokenThatIsGoodForNobodyIsRefusedInOneWording() {
    String used = token(Map.of());
    enrol(used, portal.name("used"), Map.of()).expect(201);
    String revoked = token(Map.of());
    long id = tokens().get(0).get("id").longValue();
    operator.post(TOKENS + "/" + id + "/revoke").expect(200);
    String unknown = enrol("pe_unknown", portal.name("x"), Map.of()).expect(401).text();
    assertThat(enrol(used, portal.name("x"), Map.of()).expect(401).text()).isEqualTo(unknown);
    assertThat(enrol(revoked, portal.name("x"), Map.of()).expect(401).text()).isEqualTo(unknown);
    assertThat(enrol(null, portal.name("x"), Map.of()).expect(401).text()).isEqualTo(unknown);
    assertThat(tokens().toString()).doesNotContain(used).doesNotContain(revoked);
  }

  @Test
  void ofManyAtOnceNoMoreEnrolThanTheTokenAllows() {
    String token = token(Map.of("maxUses", 3));
    List<CompletableFuture<Integer>> calls =
        IntStream.range(0, 10)
            .mapToObj(i -> portal.name("race"))
            .map(name -> CompletableFuture.supplyAsync(() -> enrol(token, name, Map.of()).status()))
            .toList();
    assertThat(calls.stream().map(CompletableFuture::join).filter(status -> status == 201))
        .hasSize(3);
  }

  @Test
  void whatAHostSaysOfItselfIsChecked() {
    String token = token(Map.of("maxUses", 100));
    String name = portal.name("checked");
    assertThat(enrol(token, "Upper", Map.of()).expect(422).text()).contains("/name");
    assertThat(enrol(token, null, Map.of()).expect(422).text()).contains("/name");
    assertThat(enrol(token, name, Map.of("sshHostKey", "ssh-dss AAAA")).expect(422).text())
        .contains("/sshHostKey");
    for (String bad : List.of("", "a b", "\u202e", "x".repeat(10_000), "#{7*7}")) {
      assertThat(enrol(token, name, Map.of("facts", Map.of("kernel", bad))).expect(422).text())
          .contains("/facts");
    }
    assertThat(enrol(token, name, Map.of("more", 1)).expect(400).code())
        .isEqualTo("unknown-member");
    enrol(token, name, Map.of()).expect(201);
    assertThat(enrol(token, name, Map.of()).expect(409).code()).isEqualTo("already-exists");
    assertThat(tokens().get(0).get("uses").intValue()).isEqualTo(1);
  }

  @Test
  void onlyOperatorsMakeTokensAndOnlySoundOnes() {
    Map<String, Object> sound = Map.of("expiresAt", tomorrow());
    portal.as(Role.VIEWER).post(TOKENS, sound).expect(403);
    assertThat(operator.post(TOKENS, Map.of("expiresAt", "tomorrow")).expect(400).text())
        .contains("/expiresAt", "A time such as 2026-01-31T12:00:00Z belongs here.");
    for (String bad : List.of("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z")) {
      assertThat(operator.post(TOKENS, Map.of("expiresAt", bad)).expect(422).text())
          .contains("/expiresAt");
    }
    assertThat(
            operator.post(TOKENS, Map.of("expiresAt", tomorrow(), "maxUses", 0)).expect(422).text())
        .contains("/maxUses");
    assertThat(
            operator
                .post(TOKENS, Map.of("expiresAt", tomorrow(), "labels", Map.of("A", "b")))
                .expect(422)
                .text())
        .contains("/labels");
    operator.post(TOKENS + "/999999/revoke").expect(404);
  }

  @Test
  void theDatabaseItselfCountsUses() {
    token(Map.of());
    Database database = Database.asApplication(portal);
    assertThatThrownBy(
            () -> database.tryOut("update fleet_enrolment_token set uses = max_uses + 1"))
        .hasMessageContaining("fleet_enrolment_token_uses");
  }

  private JsonNode tokens() {
    return operator.get(TOKENS).expect(200).json().get("items");
  }

  private String token(Map<String, Object> more) {
    Map<String, Object> body = new TreeMap<>(Map.of("expiresAt", tomorrow()));
    body.putAll(more);
    return operator.post(TOKENS, body).expect(201).json().get("token").textValue();
  }

  private static String tomorrow() {
    return Instant.now().plus(1, ChronoUnit.DAYS).toString();
  }

  private Answer enrol(String token, String name, Map<String, Object> more) {
    Map<String, Object> body = new TreeMap<>(more);
    body.put("token", token);
    body.put("name", name);
    return portal.anonymous().post(ENROL, body);
  }
}
