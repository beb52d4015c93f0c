package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched: how it is answered, by which tokens, and that it is never another host's. */
@Tag("portal")
class DeliveryIT {

  private static final String TOKENS = "/api/v1/delivery-tokens";
  private static final int AT_ONCE = 1_000;

  private static Portal portal;
  private static RegisteredHost host;
  private static RegisteredHost other;
  private static String digest;
  private static String otherDigest;

  @BeforeAll
  static void offer() {
    portal = Portal.running();
    host = portal.host("delivery");
    other = portal.host("delivery");
    label(host, "delivery-one");
    label(other, "delivery-two");
    portal.rollOut(host, portal.approved("delivery", Map.of("kernel.sysrq", 0)));
    portal.rollOut(other, portal.approved("delivery", Map.of("kernel.sysrq", 1)));
    digest = release(host);
    otherDigest = release(other);
  }

  private static void label(RegisteredHost host, String site) {
    portal
        .as(Role.OPERATOR)
        .patch("/api/v1/hosts/" + host.name(), Map.of("labels", Map.of("site", site)))
        .expect(200);
  }

  private static String release(RegisteredHost host) {
    return portal
        .as(host)
        .get("/agent/v1/desired")
        .expect(200)
        .json()
        .at("/release/digest")
        .textValue();
  }

  private static Answer send(Caller caller, String method, String path, String... headers) {
    return caller.send(method, path, null, BodyPublishers.noBody(), headers);
  }

  private static JsonNode token(String selector) {
    return portal
        .as(Role.OPERATOR)
        .post(
            TOKENS,
            Map.of(
                "name",
                "builder",
                "selector",
                selector,
                "expiresAt",
                Instant.now().plus(Duration.ofDays(1)).toString()))
        .expect(201)
        .json();
  }

  private static Caller fetcher(String selector) {
    return portal.anonymous().bearer(token(selector).get("token").textValue());
  }

  static Stream<String> paths() {
    return Stream.of(
        "/nix/hosts/" + host.name() + "/latest.tar.gz",
        "/nix/releases/" + digest + ".tar.gz",
        "/nix/releases/" + digest + "/default.nix");
  }

  @Test
  void releasesAreKeptForEverAndMovingAddressesAskedAgain() {
    Caller caller = portal.as(host);
    List<String> caching =
        paths().map(path -> caller.get(path).expect(200).header("Cache-Control")).toList();
    assertThat(caching.get(0)).isEqualTo("private, no-cache");
    assertThat(caching.get(1)).isEqualTo("private, immutable, max-age=31536000");
    assertThat(caching.get(2)).isEqualTo(caching.get(1));
    assertThat(caller.get("/nix/releases/" + "0".repeat(64) + ".tar.gz").header("Cache-Control"))
        .isEqualTo("no-store");
  }

  @Test
  void conditionalRangeAndHeadRequestsAreAnsweredSanely() {
    paths()
        .forEach(
            path -> {
              Answer whole = portal.as(host).get(path).expect(200);
              String tag = whole.header("ETag");
              assertThat(tag).as(path).isNotEmpty();
              Answer same = send(portal.as(host), "GET", path, "If-None-Match", tag).expect(304);
              assertThat(same.body()).isEmpty();
              assertThat(same.header("ETag")).isEqualTo(tag);
              assertThat(same.header("Link")).isEqualTo(whole.header("Link"));
              send(portal.as(host), "GET", path, "If-None-Match", "\"x\"").expect(200);
              assertThat(
                      send(portal.as(host), "GET", path, "Range", "bytes=0-3").expect(200).body())
                  .isEqualTo(whole.body());
              Answer head = send(portal.as(host), "HEAD", path).expect(200);
              assertThat(head.body()).isEmpty();
              assertThat(head.header("ETag")).isEqualTo(tag);
              assertThat(portal.as(host).get(path + "?narHash=x&a=b").expect(200).body())
                  .isEqualTo(whole.body());
            });
  }

  @Test
  void aLookAtTheHeadersIsNoFetch() {
    RegisteredHost fresh = portal.host("delivery");
    long rollout = portal.rollOut(fresh, portal.approved("delivery", Map.of("kernel.sysrq", 4)));
    String path = "/nix/hosts/" + fresh.name() + "/latest.tar.gz";
    send(portal.as(fresh), "HEAD", path).expect(200);
    assertThat(state(rollout)).isEqualTo("offered");
    portal.as(fresh).get(path).expect(200);
    assertThat(state(rollout)).isEqualTo("fetched");
  }

  private static String state(long rollout) {
    return portal
        .as(Role.VIEWER)
        .get("/api/v1/rollouts/" + rollout + "/hosts")
        .expect(200)
        .json()
        .at("/items/0/state")
        .textValue();
  }

  @Test
  void anotherHostsReleaseAndAnUnknownOneAreNotThere() {
    portal.as(host).get("/nix/releases/" + otherDigest + ".tar.gz").expect(404);
    portal.as(host).get("/nix/releases/" + otherDigest + "/default.nix").expect(404);
    portal.as(host).get("/nix/releases/" + otherDigest + ".proof.json").expect(404);
    portal.as(host).get("/nix/releases/" + "0".repeat(64) + ".tar.gz").expect(404);
    portal.as(host).get("/nix/hosts/" + other.name() + "/latest.tar.gz").expect(403);
    portal.as(host).get("/nix/hosts/no-such-host/latest.tar.gz").expect(403);
    portal.as(host).get("/nix/releases/nothing.tar.gz").expect(404);
  }

  @Test
  void aDeliveryTokenFetchesForTheHostsOfItsSelectorAndNoOthers() {
    Caller one = fetcher("site = delivery-one");
    one.get("/nix/releases/" + digest + ".tar.gz").expect(200);
    one.get("/nix/releases/" + digest + ".proof.json").expect(200);
    one.get("/nix/hosts/" + host.name() + "/latest.tar.gz").expect(200);
    one.get("/nix/keys").expect(200);
    one.get("/nix/hosts/" + other.name() + "/latest.tar.gz").expect(403);
    one.get("/nix/releases/" + otherDigest + ".tar.gz").expect(404);
    one.get("/nix/releases/" + otherDigest + ".proof.json").expect(404);
    fetcher("site = nowhere").get("/nix/fleet.tar.gz").expect(404);
  }

  @Test
  void aDeliveryTokenDoesNothingElse() {
    Caller all = fetcher("site in (delivery-one, delivery-two)");
    all.get("/agent/v1/desired").expect(403);
    all.post("/agent/v1/reports", "{}").expect(403);
    all.get("/api/v1/hosts").expect(403);
    all.post(TOKENS, Map.of()).expect(403);
  }

  @Test
  void anyLoginGoesWithADeliveryTokenButNotWithAHosts() {
    String secret = token("site in (delivery-one, delivery-two)").get("token").textValue();
    String path = "/nix/releases/" + digest + ".tar.gz";
    portal.anonymous().basic("colmena", secret).get(path).expect(200);
    portal.anonymous().basic("", secret).get(path).expect(200);
    portal.anonymous().basic(host.name(), secret).get(path).expect(200);
    portal.anonymous().basic("colmena", host.token()).get(path).expect(401);
    portal.anonymous().basic("colmena", secret + "x").get(path).expect(401);
    portal.anonymous().get(path).expect(401);
  }

  @Test
  void aRevokedOrExpiredTokenOpensNothing() throws SQLException {
    JsonNode issued = token("site in (delivery-one, delivery-two)");
    Caller caller = portal.anonymous().bearer(issued.get("token").textValue());
    long id = issued.at("/deliveryToken/id").longValue();
    caller.get("/nix/fleet.tar.gz").expect(200);
    Caller operator = portal.as(Role.OPERATOR);
    assertThat(
            operator
                .post(TOKENS + "/" + id + "/revoke")
                .expect(200)
                .json()
                .get("works")
                .asBoolean())
        .isFalse();
    caller.get("/nix/fleet.tar.gz").expect(401);
    operator.post(TOKENS + "/" + id + "/revoke").expect(200);
    operator.post(TOKENS + "/999999/revoke").expect(404);

    JsonNode aging = token("site in (delivery-one, delivery-two)");
    Database.asApplication(portal)
        .tamper(
            "update fleet_delivery_token set created_at = created_at - interval '2 days', expires_at ="
                + " now() - interval '1 second' where id = "
                + aging.at("/deliveryToken/id").longValue());
    portal.anonymous().bearer(aging.get("token").textValue()).get("/nix/fleet.tar.gz").expect(401);
  }

  @Test
  void aTokenIsShownOnceAndStoredAsAHash() throws SQLException {
    JsonNode issued = token("site in (delivery-one, delivery-two)");
    String secret = issued.get("token").textValue();
    assertThat(secret).startsWith("pd_");
    assertThat(portal.as(Role.VIEWER).get(TOKENS).expect(200).text()).doesNotContain(secret);
    assertThat(
            Database.asApplication(portal)
                .text(
                    "select count(*) from fleet_delivery_token where token_hash = '\\x"
                        + HexFormat.of().formatHex(dev.palisade.core.Digest.of(secret).bytes())
                        + "'"))
        .isEqualTo("1");
    assertThat(portal.as(Role.AUDITOR).get("/api/v1/journal?limit=500").expect(200).text())
        .doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"\",\"selector\":\"all\",\"expiresAt\":\"2100-01-01T00:00:00Z\"} | /name",
        "{\"name\":\"a\\nb\",\"selector\":\"all\"} | /name",
        "{\"name\":\"a\",\"expiresAt\":\"2100-01-01T00:00:00Z\"} | /selector",
        "{\"name\":\"a\",\"selector\":\"site =\"} | /selector",
        "{\"name\":\"a\",\"selector\":\"all\"} | /expiresAt",
        "{\"name\":\"a\",\"selector\":\"all\",\"expiresAt\":\"2001-01-01T00:00:00Z\"} | /expiresAt",
        "{\"name\":\"a\",\"selector\":\"all\",\"expiresAt\":\"+999999999-01-01T00:00:00Z\"} | /expiresAt"
      })
  void aBadTokenIsRefusedWithTheMember(String body, String pointer) {
    Answer answer = portal.as(Role.OPERATOR).post(TOKENS, body).expect(422);
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo(pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"name\":\"a\",\"expiresAt\":\"soon\"}", "{\"more\":1}", "[]", "x"})
  void whatIsNoTokenAtAllCannotBeRead(String body) {
    portal.as(Role.OPERATOR).post(TOKENS, body).expect(400);
  }

  @Test
  void anyTextMayNameAToken() {
    for (String name :
        List.of("“ci” #{7*7} <script>alert(1)</script>", "'; drop table x", "\u202eabc")) {
      JsonNode made =
          portal
              .as(Role.OPERATOR)
              .post(
                  TOKENS,
                  Map.of(
                      "name",
                      name,
                      "selector",
                      "all",
                      "expiresAt",
                      Instant.now().plusSeconds(600).toString()))
              .expect(201)
              .json();
      assertThat(made.at("/deliveryToken/name").textValue()).isEqualTo(name);
    }
    portal
        .as(Role.OPERATOR)
        .post(TOKENS, Map.of("name", "x".repeat(10_000), "selector", "all"))
        .expect(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.nix", "module.tar.gz", "sysctl.conf", "agent.nix"})
  void aFileForPeopleIsSentOnlyToWhoHasItNotYet(String file) {
    Caller viewer = portal.as(Role.VIEWER);
    assertSentOnce(viewer, "/api/v1/hosts/" + host.name() + "/" + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent.nix", "agent.tar.gz"})
  void theAgentIsSentOnlyToWhoHasItNotYet(String file) {
    assertSentOnce(portal.as(host), "/nix/" + file);
  }

  private static void assertSentOnce(Caller caller, String path) {
    Answer whole = caller.get(path).expect(200);
    String tag = whole.header("ETag");
    assertThat(whole.header("Cache-Control")).contains("no-cache").doesNotContain("no-store");
    Answer same = send(caller, "GET", path, "If-None-Match", tag).expect(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(tag);
    assertThat(send(caller, "GET", path, "If-None-Match", "\"x\"").expect(200).body())
        .isEqualTo(whole.body());
  }

  /** Its tag names the content, and the comments on it come and go. */
  @Test
  void aVersionIsSentEachTime() {
    String slug = portal.draft("delivery", Map.of("kernel.sysrq", 0));
    Answer whole = portal.as(Role.VIEWER).get(Portal.version(slug)).expect(200);
    send(portal.as(Role.VIEWER), "GET", Portal.version(slug), "If-None-Match", whole.header("ETag"))
        .expect(200);
  }

  @Test
  void aHostsOwnTokenFetchesAFleetOfThatHostAlone() {
    Answer own = portal.as(host).get("/nix/fleet.tar.gz").expect(200);
    assertThat(own.body())
        .isEqualTo(fetcher("name = " + host.name()).get("/nix/fleet.tar.gz").expect(200).body());
  }

  @Test
  void theFleetIsTheSameBytesUntilSomethingIsOffered() {
    RegisteredHost moving = portal.host("delivery");
    label(moving, "delivery-moving");
    portal.rollOut(moving, portal.approved("delivery", Map.of("kernel.sysrq", 8)));
    Caller caller = fetcher("site = delivery-moving");
    Answer first = caller.get("/nix/fleet.tar.gz").expect(200);
    assertThat(caller.get("/nix/fleet.tar.gz?x=1").expect(200).body()).isEqualTo(first.body());
    String tag = first.header("ETag");
    send(caller, "GET", "/nix/fleet.tar.gz", "If-None-Match", tag).expect(304);
    portal.rollOut(moving, portal.approved("delivery", Map.of("kernel.sysrq", 16)));
    Answer next = send(caller, "GET", "/nix/fleet.tar.gz", "If-None-Match", tag).expect(200);
    assertThat(next.body()).isNotEqualTo(first.body());
  }

  @Test
  void aThousandFetchesAtOnceAreAllAnswered() throws Exception {
    byte[] whole = portal.as(host).get("/nix/releases/" + digest + ".tar.gz").expect(200).body();
    ExecutorService crowd = Executors.newFixedThreadPool(200);
    Instant start = Instant.now();
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        answers.add(crowd.submit(() -> portal.as(host).get("/nix/releases/" + digest + ".tar.gz")));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().expect(200).body()).isEqualTo(whole);
      }
    } finally {
      crowd.shutdown();
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
  }
}
