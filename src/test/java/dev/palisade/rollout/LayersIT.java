package dev.palisade.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Versions over versions, and values that operators supply, from the draft to the host. */
@Tag("portal")
class LayersIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String SACK = "net.ipv4.tcp_sack";
  private static final String MGMT_PORTS = "networking.firewall.interfaces.${mgmt}.allowedTCPPorts";

  private final Portal portal = Portal.running();
  private final Caller author = portal.as(Role.AUTHOR);
  private final Caller operator = portal.as(Role.OPERATOR);

  private Answer extend(String top, String base) {
    return author.put(Portal.version(top) + "/extends", Map.of("slug", base, "number", 1));
  }

  private void approve(String slug) {
    author.post(Portal.version(slug) + "/submit").expect(200);
    String digest = portal.read(slug).get("digest").textValue();
    portal
        .as(Role.APPROVER)
        .post(Portal.version(slug) + "/approve", Map.of("digest", digest))
        .expect(200);
  }

  /** A profile whose first version opens ssh on the interface that the operator names. */
  private String managed() {
    String slug = portal.draft("managed", Map.of(COOKIES, 1));
    author
        .put(
            Portal.version(slug) + "/parameters",
            List.of(Map.of("name", "mgmt", "type", "interface", "example", "mgmt0")))
        .expect(200);
    author
        .put(
            Portal.version(slug) + "/settings",
            Portal.entries(Map.of(COOKIES, 1, MGMT_PORTS, List.of(22))))
        .expect(200);
    return slug;
  }

  private JsonNode effective(RegisteredHost host) {
    return operator.get("/api/v1/hosts/" + host.name() + "/effective").expect(200).json();
  }

  private static JsonNode row(JsonNode effective, String key) {
    for (JsonNode row : effective.get("settings")) {
      if (row.get("key").textValue().equals(key)) {
        return row;
      }
    }
    throw new AssertionError(key + " is not in " + effective);
  }

  private void supply(RegisteredHost host, String nic) {
    operator
        .patch("/api/v1/hosts/" + host.name(), Map.of("parameters", Map.of("mgmt", nic)))
        .expect(200);
  }

  @Test
  void everyEffectiveValueTellsItsLayer() {
    String base = portal.approved("base", Map.of(COOKIES, 1, SACK, 0));
    String top = portal.draft("top", Map.of(SACK, 1));
    extend(top, base).expect(200);
    approve(top);
    RegisteredHost host = portal.host("layered");
    portal.rollOut(host, top);
    JsonNode effective = effective(host);
    assertThat(row(effective, SACK).at("/offered/value").intValue()).isEqualTo(1);
    assertThat(row(effective, SACK).at("/offered/profile").textValue()).isEqualTo(top);
    assertThat(row(effective, COOKIES).at("/offered/profile").textValue()).isEqualTo(base);
    String module =
        portal
            .as(host)
            .get("/nix/releases/" + effective.get("release").textValue() + "/default.nix")
            .expect(200)
            .text();
    assertThat(module)
        .contains("Approved: " + base + " v1 " + portal.read(base).get("digest").textValue())
        .contains("Approved: " + top + " v1 " + portal.read(top).get("digest").textValue());
  }

  @Test
  void aVersionLiesOverApprovedOnesOnly() {
    String base = portal.submitted("base", Map.of(COOKIES, 1));
    String top = portal.draft("top", Map.of(SACK, 1));
    assertThat(extend(top, base).code()).isEqualTo("not-approved");
    assertThat(portal.read(top).get("extends").isNull()).isTrue();
    assertThat(extend(top, top).expect(409).json().get("detail").textValue())
        .startsWith("A profile cannot lie under itself: " + top + " v1 → " + top + " v1");
  }

  @Test
  void whatLiesUnderItIsStillApprovedWhenItIsApprovedAndWhenItIsRolledOut() {
    String base = portal.approved("base", Map.of(COOKIES, 1));
    String late = portal.draft("late", Map.of(SACK, 1));
    extend(late, base).expect(200);
    author.post(Portal.version(late) + "/submit").expect(200);
    String early = portal.draft("early", Map.of(SACK, 1));
    extend(early, base).expect(200);
    approve(early);
    author.post(Portal.version(base) + "/retire").expect(200);

    Answer answer =
        portal
            .as(Role.APPROVER)
            .post(
                Portal.version(late) + "/approve",
                Map.of("digest", portal.read(late).get("digest").textValue()));
    assertThat(answer.code()).isEqualTo("not-approved");

    RegisteredHost host = portal.host("stale");
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(early)).expect(200);
    assertThat(plan(host, early).at("/items/0/reason").textValue())
        .isEqualTo(base + " v1 is retired, not approved.");
  }

  private JsonNode plan(RegisteredHost host, String slug) {
    long id =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name", "r", "selector", "name = " + host.name(), "versions", Map.of(slug, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    return operator.get("/api/v1/rollouts/" + id + "/hosts").expect(200).json();
  }

  @Test
  void theDatabaseKnowsWhatLiesUnderAVersion() throws Exception {
    String base = portal.submitted("base", Map.of(COOKIES, 1));
    String top = portal.draft("top", Map.of(SACK, 1));
    String reference =
        "\"extends\":{\"digest\":\"%s\",\"number\":1,\"slug\":\"%s\"}"
            .formatted(portal.read(base).get("digest").textValue(), base);
    Database database = Database.asApplication(portal);
    database.run(
        """
update profile_version v
   set content = replace(content, '"extends":null', '%s'),
       digest = encode(sha256(convert_to(replace(content, '"extends":null', '%s'), 'UTF8')), 'hex')
  from profile_profile p where p.id = v.profile_id and p.slug = '%s'
"""
            .formatted(reference, reference, top));
    String forged = portal.read(top).get("digest").textValue();
    database.run(
        """
        update profile_version v set state = 'in_review', submitted_at = now()
          from profile_profile p where p.id = v.profile_id and p.slug = '%s'
        """
            .formatted(top));
    assertThat(
            portal
                .as(Role.APPROVER)
                .post(Portal.version(top) + "/approve", Map.of("digest", forged))
                .code())
        .isEqualTo("not-approved");
    assertThatThrownBy(
            () ->
                database.tryOut(
                    """
                    insert into profile_decision (version_id, person, approves, digest)
                    select v.id, 'approver', true, v.digest
                      from profile_version v join profile_profile p on p.id = v.profile_id
                     where p.slug = '%s'
                    """
                        .formatted(top),
                    """
                    update profile_version v set state = 'approved'
                      from profile_profile p where p.id = v.profile_id and p.slug = '%s'
                    """
                        .formatted(top)))
        .hasMessageContaining("what the version extends is not approved: " + base + " v1");
  }

  @Test
  void aMissingParameterIsFoundBeforeTheRollout() {
    String slug = managed();
    approve(slug);
    RegisteredHost host = portal.host("nameless");
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug)).expect(200);
    assertThat(plan(host, slug).at("/items/0/reason").textValue())
        .isEqualTo(
            "The parameter mgmt of "
                + slug
                + " v1 has no value that is accepted. It takes the name of a network interface.");
    Answer refused =
        operator.patch(
            "/api/v1/hosts/" + host.name(), Map.of("parameters", Map.of("mgmt", "eth0; reboot")));
    assertThat(refused.expect(422).json().at("/errors/0/pointer").textValue())
        .isEqualTo("/parameters/mgmt");
  }

  @Test
  void aParameterChangesWhatRunsByARolloutOnly() {
    String slug = managed();
    approve(slug);
    RegisteredHost host = portal.host("managed");
    supply(host, "eth0.100");
    portal.rollOut(host, slug);
    String module =
        portal.as(host).get("/nix/hosts/" + host.name() + "/latest.tar.gz").header("ETag");
    String key = "networking.firewall.interfaces.\"eth0.100\".allowedTCPPorts";
    JsonNode offered = effective(host);
    assertThat(row(offered, key).at("/offered/parameters/0").textValue()).isEqualTo("mgmt");
    assertThat(row(offered, key).get("changes").booleanValue()).isFalse();
    assertThat(
            portal
                .as(host)
                .get("/nix/releases/" + offered.get("release").textValue() + "/default.nix")
                .expect(200)
                .text())
        .contains("Parameter: mgmt = eth0.100")
        .contains("interfaces.\\\"eth0.100\\\".allowedTCPPorts\" = [ 22 ];");

    supply(host, "wg0");
    assertThat(portal.as(host).get("/nix/hosts/" + host.name() + "/latest.tar.gz").header("ETag"))
        .isEqualTo(module);
    JsonNode pending = effective(host);
    assertThat(pending.get("release")).isEqualTo(offered.get("release"));
    assertThat(row(pending, key).get("pending").isNull()).isTrue();
    assertThat(
            row(pending, "networking.firewall.interfaces.wg0.allowedTCPPorts")
                .at("/pending/value/0")
                .intValue())
        .isEqualTo(22);
  }

  @Test
  void aGroupSuppliesWhatTheHostDoesNot() {
    String slug = managed();
    approve(slug);
    RegisteredHost host = portal.host("grouped");
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug)).expect(200);
    String one = group(host, "wg1");
    JsonNode supplied = effective(host);
    assertThat(supplied.get("refused").isNull()).isTrue();
    assertThat(keys(supplied)).contains("networking.firewall.interfaces.wg1.allowedTCPPorts");

    String two = group(host, "wg2");
    assertThat(effective(host).get("refused").textValue())
        .contains("Its groups ", one, two, "supply different values for mgmt");
    assertThat(plan(host, slug).at("/items/0/reason").textValue()).contains("different values");
    supply(host, "wg3");
    assertThat(keys(effective(host)))
        .contains("networking.firewall.interfaces.wg3.allowedTCPPorts");
    operator.send("DELETE", "/api/v1/groups/" + one, null, BodyPublishers.noBody()).expect(204);
    operator.put("/api/v1/groups/" + two, Map.of("selector", "not all")).expect(200);
  }

  private String group(RegisteredHost host, String nic) {
    String slug = portal.name("group");
    operator
        .post(
            "/api/v1/groups",
            Map.of(
                "slug",
                slug,
                "name",
                slug,
                "selector",
                "name = " + host.name(),
                "parameters",
                Map.of("mgmt", nic)))
        .expect(201);
    return slug;
  }

  private static List<String> keys(JsonNode effective) {
    return effective.get("settings").findValuesAsText("key");
  }

  @Test
  void theReviewerSeesWhatAnOperatorCanWeaken() {
    String slug = managed();
    JsonNode parameter =
        portal.as(Role.VIEWER).get(Portal.version(slug) + "/parameters").json().at("/items/0");
    assertThat(parameter.at("/parameter/name").textValue()).isEqualTo("mgmt");
    assertThat(parameter.at("/uses/0/key").textValue()).isEqualTo(MGMT_PORTS);
    assertThat(parameter.at("/uses/0/weakens").booleanValue()).isTrue();
    assertThat(portal.as(Role.VIEWER).get(Portal.version(slug) + "/module.nix").expect(200).text())
        .contains("Parameter: mgmt = mgmt0, an example")
        .contains("interfaces.mgmt0.allowedTCPPorts");
  }

  @Test
  void theDiffTellsOfParametersAndOfWhatLiesUnder() {
    String base = portal.approved("base", Map.of(COOKIES, 1, SACK, 0));
    String slug = managed();
    approve(slug);
    author
        .post(
            "/api/v1/profiles/" + slug + "/versions",
            Map.of("copyOf", Map.of("slug", slug, "number", 1)))
        .expect(201);
    String second = "/api/v1/profiles/" + slug + "/versions/2";
    author
        .put(
            second + "/parameters",
            List.of(Map.of("name", "mgmt", "type", "interface", "default", "wg0")))
        .expect(200);
    author.put(second + "/extends", Map.of("slug", base, "number", 1)).expect(200);
    JsonNode diff = portal.as(Role.VIEWER).get(second + "/diff?against=1").expect(200).json();
    assertThat(diff.findValuesAsText("what"))
        .containsExactlyInAnyOrder("inherited", "parameter", "extends");
    assertThat(diff.findValuesAsText("key")).contains(SACK, "mgmt", base);
  }
}
