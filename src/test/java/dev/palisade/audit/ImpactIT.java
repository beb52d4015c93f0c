package dev.palisade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a version does to hosts, and approving in spite of it. */
@Tag("portal")
class ImpactIT {

  private static final Map<String, Object> CUTS_SSH_OFF =
      Map.of("services.openssh.openFirewall", false, "net.ipv4.tcp_syncookies", 1);

  private static final String SSHD =
      "\"listeners\":[{\"proto\":\"tcp\",\"address\":\"0.0.0.0\",\"port\":22,\"process\":\"sshd\"}],"
          + "\"firewall\":{\"backend\":\"nftables\",\"openTcp\":[22],\"openUdp\":[]}";

  private final Portal portal = Portal.running();

  private RegisteredHost host(String prefix, String... slugs) {
    RegisteredHost host = portal.host(prefix);
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slugs))
        .expect(200);
    return host;
  }

  private void sends(RegisteredHost host, String sysctl, String more) {
    String body = "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{" + sysctl + "}," + more + "}";
    portal
        .as(host)
        .post("/agent/v1/reports", "application/json", body.getBytes(StandardCharsets.UTF_8))
        .expect(202);
  }

  private JsonNode impact(String slug, String query) {
    return portal
        .as(Role.APPROVER)
        .get(Portal.version(slug) + "/impact" + query)
        .expect(200)
        .json();
  }

  private Map<String, Object> approval(String slug, boolean despiteLockOut) {
    return Map.of(
        "digest", portal.read(slug).get("digest").textValue(), "despiteLockOut", despiteLockOut);
  }

  @Test
  void approvingDespiteLockOutRisksNeedsTheTickAndTheJournalHasIt() {
    String slug = portal.submitted("cutting", CUTS_SSH_OFF);
    RegisteredHost host = host("cut", slug);
    sends(host, "\"net.ipv4.tcp_syncookies\":\"1\"", SSHD);
    Caller approver = portal.as(Role.APPROVER);
    String path = Portal.version(slug) + "/approve";

    Answer refused = approver.post(path, approval(slug, false)).expect(409);
    assertThat(refused.code()).isEqualTo("lock-out-risk");
    assertThat(refused.json().get("detail").textValue()).contains(host.name(), "22/tcp closes");
    assertThat(refused.json().at("/errors/0/pointer").textValue()).isEqualTo("/despiteLockOut");
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("in_review");
    assertThat(portal.read(slug).get("approvals")).isEmpty();

    approver.post(path, approval(slug, true)).expect(200);
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("approved");
    JsonNode act =
        portal
            .as(Role.AUDITOR)
            .get("/api/v1/journal?act=version.approved&object=" + slug + "%20v1")
            .expect(200)
            .json()
            .at("/items/0/detail");
    assertThat(act.get("despiteLockOut").booleanValue()).isTrue();
    assertThat(act.get("lockOuts").intValue()).isEqualTo(1);
    assertThat(act.at("/lockOutHosts/0").textValue()).isEqualTo(host.name());
  }

  @Test
  void whatIsWrongWithAnApprovalIsSaidBeforeItsRisks() {
    Caller both = portal.person(portal.name("both"), Role.AUTHOR, Role.APPROVER);
    String slug = portal.name("own");
    both.post("/api/v1/profiles", Map.of("slug", slug, "name", slug)).expect(201);
    both.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    both.put(Portal.version(slug) + "/settings", Portal.entries(CUTS_SSH_OFF)).expect(200);
    both.post(Portal.version(slug) + "/submit").expect(200);
    host("own", slug);
    Answer own = both.post(Portal.version(slug) + "/approve", approval(slug, true)).expect(403);
    assertThat(own.code()).isEqualTo("same-person");
    Answer stale =
        portal
            .as(Role.APPROVER)
            .post(Portal.version(slug) + "/approve", Map.of("digest", "0".repeat(64)))
            .expect(412);
    assertThat(stale.code()).isEqualTo("content-changed");
  }

  @Test
  void withoutLockOutRisksNoTickIsAskedForAndNoneIsKept() {
    String slug = portal.submitted("harmless", Map.of("net.ipv4.tcp_syncookies", 1));
    sends(host("harmless", slug), "\"net.ipv4.tcp_syncookies\":\"0\"", SSHD);
    portal
        .as(Role.APPROVER)
        .post(Portal.version(slug) + "/approve", approval(slug, true))
        .expect(200);
    JsonNode act =
        portal
            .as(Role.AUDITOR)
            .get("/api/v1/journal?act=version.approved&object=" + slug + "%20v1")
            .expect(200)
            .json()
            .at("/items/0/detail");
    assertThat(act.has("despiteLockOut")).isFalse();
    portal
        .as(Role.APPROVER)
        .post(Portal.version(slug) + "/reject", approval(slug, true))
        .expect(400);
  }

  @Test
  void eachNumberIsItsListAndTheLastThreeAddUp() {
    String slug =
        portal.submitted("counted", Map.of("net.ipv4.tcp_syncookies", 1, "kernel.sysrq", 0));
    sends(host("changed", slug), "\"net.ipv4.tcp_syncookies\":\"0\",\"kernel.sysrq\":\"0\"", SSHD);
    sends(host("held", slug), "\"net.ipv4.tcp_syncookies\":\"1\",\"kernel.sysrq\":\"0\"", SSHD);
    sends(host("partly", slug), "\"net.ipv4.tcp_syncookies\":\"1\"", SSHD);
    host("never", slug);
    JsonNode summary = impact(slug, "").get("summary");
    assertThat(summary.get("reaches").intValue()).isEqualTo(4);
    for (String group : List.of("changes", "held", "unknown")) {
      JsonNode list = impact(slug, "?group=" + group);
      assertThat(list.get("items")).as(group).hasSize(summary.get(group).intValue());
      assertThat(list.get("items")).allMatch(host -> host.get("outlook").textValue().equals(group));
    }
    assertThat(summary.get("changes").intValue()).isEqualTo(1);
    assertThat(summary.get("held").intValue()).isEqualTo(1);
    assertThat(summary.get("unknown").intValue()).isEqualTo(2);
    JsonNode first = impact(slug, "?limit=3");
    assertThat(first.get("items")).hasSize(3);
    JsonNode rest = impact(slug, "?limit=3&cursor=" + first.get("next").textValue());
    assertThat(rest.get("items")).hasSize(1);
    assertThat(rest.get("next").isNull()).isTrue();
    JsonNode settings =
        portal
            .as(Role.VIEWER)
            .get(Portal.version(slug) + "/impact/settings")
            .expect(200)
            .json()
            .get("items");
    assertThat(settings.get(0).get("key").textValue()).isEqualTo("net.ipv4.tcp_syncookies");
    assertThat(settings.get(0).get("stronger").intValue()).isEqualTo(1);
    assertThat(settings.get(0).get("already").intValue()).isEqualTo(2);
    assertThat(settings.get(0).get("notKnown").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?group=nobody", "?cursor=-1", "?limit=0", "?limit=9999", "?limit=many"})
  void whatIsNoQueryIsRefused(String query) {
    String slug = portal.submitted("queried", Map.of("kernel.sysrq", 0));
    portal.as(Role.VIEWER).get(Portal.version(slug) + "/impact" + query).expect(422);
  }

  @Test
  void aHostIsForetoldWithAllItsProfiles() {
    String below = portal.approved("below", Map.of("kernel.sysrq", 1, "net.ipv4.tcp_sack", 0));
    String slug = portal.submitted("above", Map.of("kernel.sysrq", 0));
    RegisteredHost host = host("both", below, slug);
    sends(host, "\"kernel.sysrq\":\"1\",\"net.ipv4.tcp_sack\":\"1\"", SSHD);
    List<String> changes = new ArrayList<>();
    impact(slug, "")
        .at("/items/0/changes")
        .forEach(c -> changes.add(c.get("key").textValue() + "=" + c.get("to").textValue()));
    assertThat(changes).containsExactlyInAnyOrder("kernel.sysrq=0", "net.ipv4.tcp_sack=0");
  }

  @Test
  void aProfileInTwoVersionsIsForetoldAsARefusal() {
    String base = portal.approved("base", Map.of("kernel.sysrq", 0));
    String over = portal.draft("over", Map.of("net.ipv4.tcp_sack", 0));
    Caller author = portal.as(Role.AUTHOR);
    author.put(Portal.version(over) + "/extends", Map.of("slug", base, "number", 1)).expect(200);
    author.post(Portal.version(over) + "/submit").expect(200);
    portal
        .as(Role.APPROVER)
        .post(Portal.version(over) + "/approve", approval(over, false))
        .expect(200);
    RegisteredHost host = host("twice", over);
    assertThat(impact(base, "").get("items").get(0).get("host").textValue())
        .as("reached under the version that lies over it")
        .isEqualTo(host.name());
    author.post("/api/v1/profiles/" + base + "/versions", Map.of()).expect(201);
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", List.of(over, base))
        .expect(200);
    JsonNode second =
        portal
            .as(Role.VIEWER)
            .get("/api/v1/profiles/" + base + "/versions/2/impact")
            .expect(200)
            .json()
            .at("/items/0");
    assertThat(second.get("refused").textValue()).contains("two versions");
    assertThat(second.get("outlook").textValue()).isEqualTo("unknown");
  }

  @Test
  void waiverInForceIsPartOfTheForecast() {
    String slug = portal.draft("waived", CUTS_SSH_OFF);
    Caller author = portal.as(Role.AUTHOR);
    author.post(Portal.version(slug) + "/submit").expect(200);
    RegisteredHost host = host("waived", slug);
    portal
        .as(Role.APPROVER)
        .post(Portal.version(slug) + "/approve", approval(slug, true))
        .expect(200);
    sends(host, "\"net.ipv4.tcp_syncookies\":\"1\"", SSHD);
    assertThat(impact(slug, "").at("/summary/lockOut").intValue()).isEqualTo(1);
    waive(host, "services.openssh.openFirewall");
    assertThat(impact(slug, "").at("/summary/lockOut").intValue()).isZero();
  }

  private void waive(RegisteredHost host, String key) {
    String waiver =
        "/api/v1/waivers/"
            + portal
                .as(Role.OPERATOR)
                .post(
                    "/api/v1/waivers",
                    Map.of(
                        "host",
                        host.name(),
                        "key",
                        key,
                        "effect",
                        "unmanaged",
                        "reason",
                        "Its port is opened by hand.",
                        "expiresAt",
                        Instant.now().plus(Duration.ofDays(7)).toString()))
                .expect(201)
                .json()
                .get("id")
                .longValue();
    portal.as(Role.APPROVER).post(waiver + "/approve", Map.of()).expect(200);
  }

  @Test
  void portalsOwnPortIsPartOfTheForecast() {
    portal.as(Role.OPERATOR).post("/api/v1/hosts", Map.of("name", "localhost")).expect(201);
    String slug =
        portal.submitted(
            "portal",
            Map.of(
                "networking.firewall.enable",
                true,
                "networking.firewall.allowedTCPPorts",
                List.of(22)));
    Caller operator = portal.as(Role.OPERATOR);
    operator.put("/api/v1/hosts/localhost/profiles", List.of(slug)).expect(200);
    String token =
        operator.post("/api/v1/hosts/localhost/token").expect(200).json().get("token").textValue();
    sends(
        new RegisteredHost("localhost", token),
        "\"net.ipv4.tcp_syncookies\":\"1\"",
        "\"listeners\":[{\"proto\":\"tcp\",\"address\":\"*\",\"port\":%d,\"process\":\"java\"}],"
                .formatted(portal.address().getPort())
            + "\"firewall\":{\"backend\":\"none\"}");
    assertThat(impact(slug, "").at("/items/0/risks/0/what").textValue())
        .contains("would not reach this portal");
  }
}
