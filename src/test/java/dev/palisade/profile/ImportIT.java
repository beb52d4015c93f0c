package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Configurations read into drafts through the API. */
@Tag("portal")
class ImportIT {

  private final Portal portal = Portal.running();
  private String slug;
  private Caller author;

  @BeforeEach
  void beginProfile() {
    slug = portal.name("imported");
    author = portal.as(Role.AUTHOR);
    author.post("/api/v1/profiles", Map.of("slug", slug, "name", slug)).expect(201);
  }

  @Test
  void theSeedAsItIsPrintedGivesTheDigestOfHomelabLan() throws IOException {
    try (InputStream in =
        getClass().getResourceAsStream("/dev/palisade/profile/seed-snippets.nix")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JsonNode answer = read("nix", text).expect(201).json();
      assertThat(answer.get("number").intValue()).isEqualTo(1);
      assertThat(answer.get("notUnderstood")).isEmpty();
      assertThat(answer.get("readings")).hasSize(9);
    }
    assertThat(portal.read(slug).get("digest")).isEqualTo(portal.read("homelab-lan").get("digest"));
  }

  @Test
  void whatWasExportedAsJsonComesBackWithItsDigest() {
    String json =
        author.get("/api/v1/profiles/homelab-lan/versions/1/version.json").expect(200).text();
    read("json", json).expect(201);
    assertThat(portal.read(slug).get("digest")).isEqualTo(portal.read("homelab-lan").get("digest"));
  }

  @Test
  void whatWouldHaveToBeEvaluatedIsNamedAndLeftOut() {
    JsonNode answer =
        read(
                "nix",
                "\"kernel.sysrq\" = 0;\n"
                    + "\"kernel.core_pattern\" = \"${builtins.readFile \"/etc/passwd\"}\";")
            .expect(201)
            .json();
    assertThat(answer.at("/notUnderstood/0/line").intValue()).isEqualTo(2);
    assertThat(portal.read(slug).get("settings")).hasSize(1);
  }

  @Test
  void whatIsNoConfigurationIsRefusedAndBeginsNoDraft() {
    assertThat(read("nix", "\u0000\u0001\u0002 noise").status()).isEqualTo(422);
    assertThat(read("nix", "{".repeat(1_000_000)).status()).isEqualTo(422);
    assertThat(read("nix", "#".repeat(10_000_000)).status()).isEqualTo(413);
    assertThat(read("json", "{").status()).isEqualTo(422);
    assertThat(read("json", "{\"settings\":[{\"key\":\"nothing\",\"value\":1}]}").status())
        .isEqualTo(422);
    assertThat(read("yaml", "a: 1").status()).isEqualTo(422);
    assertThat(read("sysctl", "").status()).isEqualTo(422);
    assertThat(author.get("/api/v1/profiles/" + slug + "/versions").json().get("items")).isEmpty();
  }

  @Test
  void profileWithVersionsAsksForMode() {
    read("auto", "kernel.sysrq = 0\nkernel.kptr_restrict = 2\n").expect(201);
    Map<String, Object> body = Map.of("text", "kernel.sysrq = 4\nvm.no_such_frogs = 7\n");
    JsonNode asked = imported(body).expect(422).json();
    assertThat(asked.at("/errors/0/pointer").textValue()).isEqualTo("/mode");
    assertThat(asked.at("/errors/0/detail").textValue()).contains("1 of 2 settings");
    JsonNode merged = imported(with(body, "mode", "merge")).expect(201).json();
    assertThat(merged.get("dropped")).isEmpty();
    assertThat(merged.at("/proposals/0/key").textValue()).isEqualTo("vm.no_such_frogs");
    JsonNode replaced =
        imported(with(with(body, "mode", "replace"), "declare", true)).expect(201).json();
    assertThat(replaced.at("/dropped/0").textValue()).isEqualTo("kernel.kptr_restrict");
    assertThat(keys(replaced)).containsExactlyInAnyOrder("kernel.sysrq", "vm.no_such_frogs");
    imported(with(body, "mode", "both")).expect(422);
  }

  @Test
  void formOfTextIsRecognised() {
    read("auto", "{ lib, ... }: { boot.kernel.sysctl.\"kernel.sysrq\" = lib.mkForce 0; }")
        .expect(201);
    assertThat(portal.read(slug).at("/settings/0/key").textValue()).isEqualTo("kernel.sysrq");
  }

  @Test
  void badTextIsToldItsCause() {
    assertThat(read("auto", "table inet filter {\n}\n").expect(422).text())
        .contains("nft list ruleset");
    assertThat(read("auto", "{\"sysctl\":{\"a\":\"1\"}}").expect(422).text())
        .contains("evidence of a host");
    assertThat(read("auto", "{ ... }: { imports = [ ./a.nix ]; }").expect(422).text())
        .contains("Nothing in it is understood", "./a.nix");
    assertThat(read("auto", "  \n").expect(422).text()).contains("nothing to read");
  }

  @Test
  void badEvidenceIsToldItsCause() {
    Caller host = portal.as(portal.host("bad"));
    assertThat(sent(host, "{\"schema\":\"palisade.evidence/1\"}").expect(422).text())
        .contains("The member sysctl is missing");
    assertThat(sent(host, "").expect(400).text()).contains("The body is empty");
  }

  private static Answer sent(Caller host, String body) {
    return host.post(
        "/agent/v1/reports", "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> keys(JsonNode answer) {
    JsonNode version =
        author
            .get("/api/v1/profiles/" + slug + "/versions/" + answer.get("number").intValue())
            .json();
    return version.get("settings").findValuesAsText("key");
  }

  private static Map<String, Object> with(Map<String, Object> body, String key, Object value) {
    Map<String, Object> more = new HashMap<>(body);
    more.put(key, value);
    return more;
  }

  private Answer imported(Map<String, Object> body) {
    return author.post("/api/v1/profiles/" + slug + "/import", body);
  }

  private Answer read(String format, String text) {
    return author.post(
        "/api/v1/profiles/" + slug + "/import", Map.of("format", format, "text", text));
  }
}
