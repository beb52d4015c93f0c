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

  private Answer read(String format, String text) {
    return author.post(
        "/api/v1/profiles/" + slug + "/import", Map.of("format", format, "text", text));
  }
}
