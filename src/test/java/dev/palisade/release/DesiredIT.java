package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.SigningKey;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a host is told to run: signed once, changed by nothing but a rollout. */
@Tag("portal")
class DesiredIT {

  private static final String DESIRED = "/agent/v1/desired";
  private static final Map<String, Integer> COOKIES = Map.of("net.ipv4.tcp_syncookies", 1);

  private final Portal portal = Portal.running();
  private final Caller operator = portal.as(Role.OPERATOR);

  private Answer desired(RegisteredHost host, String... headers) {
    return portal.as(host).send("GET", DESIRED, null, BodyPublishers.noBody(), headers);
  }

  private static DesiredStatement statement(JsonNode desired) {
    return DesiredStatement.read(desired.get("statement").textValue());
  }

  @Test
  void isSignedByThePortalsKeyForThisHostAndNumbersRise() throws IOException {
    RegisteredHost host = portal.host("desired");
    desired(host).expect(204);
    long rollout = portal.rollOut(host, portal.approved("desired", COOKIES));
    JsonNode first = desired(host).expect(200).json();
    DesiredStatement said = statement(first);
    assertThat(said.host()).isEqualTo(host.name());
    assertThat(said.number()).isEqualTo(1);
    assertThat(Duration.between(said.issuedAt(), said.expiresAt()))
        .isEqualTo(DesiredStatement.LIFETIME);
    assertThat(said.issuedAt()).isAfter(Instant.now().minusSeconds(120));
    assertThat(first.at("/release/digest").textValue()).isEqualTo(said.release().hex());
    assertThat(first.at("/release/narHash").textValue()).isEqualTo(said.narHash());
    assertThat(first.at("/release/url").textValue())
        .endsWith("/nix/releases/" + said.release() + ".tar.gz");
    assertThat(first.get("rollout").longValue()).isEqualTo(rollout);
    assertThat(first.get("reportEverySeconds").intValue()).isPositive();
    SigningKey key =
        SigningKey.ofPem(Files.readString(portal.data().resolve("journal-signing-key")));
    assertThat(first.get("keyId").textValue()).isEqualTo(key.verifyingKey().id());
    assertThat(
            key.verifyingKey()
                .verifies(first.get("statement").textValue(), first.get("signature").textValue()))
        .isTrue();

    portal.rollOut(host, portal.approved("desired", Map.of("kernel.sysrq", 0)));
    assertThat(statement(desired(host).expect(200).json()).number()).isEqualTo(2);
  }

  @Test
  void isNotSignedAnewForEachWhoAsksAndNotSentToWhoHasIt() {
    RegisteredHost host = portal.host("desired");
    portal.rollOut(host, portal.approved("desired", COOKIES));
    Answer first = desired(host).expect(200);
    assertThat(desired(host).expect(200).text()).isEqualTo(first.text());
    assertThat(first.header("ETag")).isNotEmpty();
    Answer unchanged = desired(host, "If-None-Match", first.header("ETag")).expect(304);
    assertThat(unchanged.body()).isEmpty();
    desired(host, "If-None-Match", "\"other\"").expect(200);
  }

  /** Intent is not what reaches a host: only a rollout is. */
  @Test
  void nothingButARolloutChangesIt() {
    RegisteredHost host = portal.host("desired");
    String profile = portal.approved("desired", COOKIES);
    portal.rollOut(host, profile);
    String before = desired(host).expect(200).text();
    String path = "/api/v1/hosts/" + host.name();
    String other = portal.approved("desired-other", Map.of("kernel.sysrq", 0));

    operator.put(path + "/profiles", List.of(profile, other)).expect(200);
    operator.patch(path, Map.of("labels", Map.of("env", host.name()))).expect(200);
    operator.patch(path, Map.of("parameters", Map.of("lan", "br0"))).expect(200);
    String group = portal.name("desired");
    operator
        .post(
            "/api/v1/groups",
            Map.of("slug", group, "name", group, "selector", "env=" + host.name()))
        .expect(201);
    operator.put("/api/v1/groups/" + group, Map.of("parameters", Map.of("lan", "br1"))).expect(200);
    operator.put("/api/v1/groups/" + group, Map.of("selector", "all")).expect(200);
    operator.send("DELETE", "/api/v1/groups/" + group, null, BodyPublishers.noBody()).expect(204);
    for (String effect : List.of("unmanaged", "accept")) {
      String waivers = "/api/v1/waivers";
      long waiver =
          operator
              .post(
                  waivers,
                  Map.of(
                      "host",
                      host.name(),
                      "key",
                      effect.equals("accept") ? "kernel.panic" : "net.ipv4.tcp_syncookies",
                      "effect",
                      effect,
                      "reason",
                      "Why",
                      "expiresAt",
                      Instant.now().plusSeconds(3600).toString()))
              .expect(201)
              .json()
              .get("id")
              .longValue();
      portal.as(Role.APPROVER).post(waivers + "/" + waiver + "/approve", Map.of()).expect(200);
    }
    Caller author = portal.as(Role.AUTHOR);
    String versions = "/api/v1/profiles/" + profile + "/versions";
    author.post(versions, Map.of()).expect(201);
    author.put(versions + "/2/settings", Portal.entries(Map.of("kernel.sysrq", 1))).expect(200);
    author.post(versions + "/2/submit").expect(200);
    String digest = author.get(versions + "/2").expect(200).json().get("digest").textValue();
    portal.as(Role.APPROVER).post(versions + "/2/approve", Map.of("digest", digest)).expect(200);
    long planned =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    "Planned",
                    "selector",
                    "name = " + host.name(),
                    "versions",
                    Map.of(profile, 2, other, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    assertThat(desired(host).expect(200).text()).isEqualTo(before);
    author.post(versions + "/1/retire").expect(200);
    assertThat(desired(host).expect(200).text()).isEqualTo(before);

    operator.post("/api/v1/rollouts/" + planned + "/start").expect(200);
    assertThat(desired(host).expect(200).text()).isNotEqualTo(before);
  }

  @Test
  void onlyAHostAsks() {
    RegisteredHost host = portal.host("desired");
    portal.as(Role.OPERATOR).get(DESIRED).expect(403);
    portal.anonymous().get(DESIRED).expect(401);
    portal.as(host).get("/nix/keys").expect(200);
    JsonNode keys = portal.as(host).get("/nix/keys").expect(200).json();
    assertThat(keys.get("keyId").textValue()).matches("[0-9a-f]{16}");
    assertThat(keys.get("publicKey").textValue()).startsWith("-----BEGIN PUBLIC KEY-----");
    portal.anonymous().get("/nix/keys").expect(401);
  }

  /** Somebody who owns the database changes a row; what follows is refused, and nothing signed. */
  @Test
  void aReleaseThatIsNotWhatWasApprovedIsNeitherOfferedNorSigned() throws SQLException {
    String profile = portal.approved("desired", Map.of("kernel.kptr_restrict", 2));
    RegisteredHost first = portal.host("desired");
    portal.rollOut(first, profile);
    String digest = desired(first).expect(200).json().at("/release/digest").textValue();
    Database database = Database.asApplication(portal);
    database.tamper(swap(digest));
    try {
      assertRefused(first, profile, digest);
    } finally {
      database.tamper(swap(digest));
    }
    portal.as(first).get("/nix/releases/" + digest + ".tar.gz").expect(200);
  }

  /** Turns the hash round; done twice it is as it was. */
  private static String swap(String digest) {
    return "update release_release set nar_hash = 'sha256-' || reverse(substr(nar_hash, 8, 43)) || '='"
        + " where digest = '"
        + digest
        + "'";
  }

  private void assertRefused(RegisteredHost first, String profile, String digest)
      throws SQLException {
    RegisteredHost second = portal.host("desired");
    operator.put("/api/v1/hosts/" + second.name() + "/profiles", List.of(profile)).expect(200);
    long id =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    "Tampered",
                    "selector",
                    "name = " + second.name(),
                    "versions",
                    Map.of(profile, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    Answer refused = operator.post("/api/v1/rollouts/" + id + "/start");
    assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
    assertThat(refused.text()).contains("is not what its manifest renders to");
    desired(second).expect(204);
    portal.as(first).get("/nix/releases/" + digest + ".tar.gz").expect(500);
    assertThat(
            Database.asApplication(portal)
                .text(
                    "select count(*) from release_statement where statement like '%"
                        + second.name()
                        + "%'"))
        .isEqualTo("0");
  }
}
