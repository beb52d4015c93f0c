package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The comparison of versions through the API of a running portal. */
@Tag("portal")
class DiffIT {

  private static final Map<String, ?> FIRST =
      Map.of(
          "net.ipv4.icmp_echo_ignore_all",
          1,
          "net.ipv4.conf.all.rp_filter",
          2,
          "networking.firewall.allowedTCPPorts",
          List.of(53, 80, 443));
  private static final Map<String, ?> SECOND =
      Map.of(
          "net.ipv4.icmp_echo_ignore_all",
          0,
          "net.ipv4.conf.all.rp_filter",
          1,
          "networking.firewall.allowedTCPPorts",
          List.of(80, 443),
          "net.core.rmem_max",
          4_194_304);

  private final Portal portal = Portal.running();
  private final Caller author = portal.as(Role.AUTHOR);

  private void next(String slug, int number, Map<String, ?> settings) {
    author.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    author.put(version(slug, number) + "/settings", Portal.entries(settings)).expect(200);
  }

  private static String version(String slug, int number) {
    return "/api/v1/profiles/" + slug + "/versions/" + number;
  }

  private Answer diff(String slug, int number, String query) {
    return portal.as(Role.VIEWER).get(version(slug, number) + "/diff" + query);
  }

  @Test
  void tellsEachChangeWithItsDirectionWeakerFirst() {
    String slug = portal.approved("compared", FIRST);
    next(slug, 2, SECOND);
    JsonNode changes = diff(slug, 2, "?against=1").expect(200).json();
    assertThat(changes).hasSize(4);
    JsonNode weaker = changes.get(0);
    assertThat(weaker.fieldNames())
        .toIterable()
        .containsExactly("what", "key", "change", "from", "to", "direction", "why");
    assertThat(weaker.get("key").textValue()).isEqualTo("net.ipv4.icmp_echo_ignore_all");
    assertThat(weaker.get("change").textValue()).isEqualTo("changed");
    assertThat(weaker.get("from").intValue()).isEqualTo(1);
    assertThat(weaker.get("to").intValue()).isEqualTo(0);
    assertThat(weaker.get("direction").textValue()).isEqualTo("weaker");
    assertThat(weaker.get("why").textValue()).contains("host answers ping");
    assertThat(changes.findValuesAsText("direction"))
        .containsExactly("weaker", "stronger", "stronger", "neutral");
    JsonNode added = changes.get(3);
    assertThat(added.get("change").textValue()).isEqualTo("added");
    assertThat(added.get("from").isNull()).isTrue();
    assertThat(added.get("to").longValue()).isEqualTo(4_194_304);
    assertThat(diff(slug, 1, "?against=1").expect(200).json()).isEmpty();
    assertThat(diff(slug, 1, "?against=2").expect(200).json().get(0).get("direction").textValue())
        .isEqualTo("weaker");
  }

  @Test
  void comparesWithTheNewestApprovedVersionBelowUnlessTold() {
    String slug = portal.approved("based", FIRST);
    next(slug, 2, Map.of("net.ipv4.icmp_echo_ignore_all", 0));
    next(slug, 3, SECOND);
    assertThat(diff(slug, 3, "").expect(200).json())
        .as("v2 is a draft")
        .isEqualTo(diff(slug, 3, "?against=1").expect(200).json());
    JsonNode first = diff(slug, 1, "").expect(200).json();
    assertThat(first).hasSize(3);
    assertThat(first.findValuesAsText("change")).containsOnly("added");
  }

  @Test
  void comparesAcrossProfiles() {
    String one = portal.approved("mine", FIRST);
    String other = portal.approved("theirs", FIRST);
    assertThat(diff(one, 1, "?againstProfile=" + other).expect(200).json()).isEmpty();
    assertThat(diff(one, 1, "?against=1&againstProfile=" + other).expect(200).json()).isEmpty();
    String draft = portal.draft("unread", SECOND);
    assertThat(diff(one, 1, "?againstProfile=" + draft).expect(200).json())
        .as("nothing of it is approved")
        .hasSize(3);
    assertThat(diff(one, 1, "?against=1&againstProfile=" + draft).expect(200).json()).hasSize(4);
  }

  @Test
  void refusesWhatIsNotThere() {
    String slug = portal.draft("lonely", FIRST);
    for (Answer answer :
        List.of(
            diff(slug, 9, ""),
            diff(slug, 1, "?against=9"),
            diff(slug, 1, "?against=0"),
            diff(slug, 1, "?againstProfile=no-such-profile"),
            diff(slug, 1, "?against=1&againstProfile=no-such-profile"),
            diff("no-such-profile", 1, ""))) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("not-found");
    }
    for (String number : List.of("one", "1.5", "99999999999", "%20")) {
      Answer answer = diff(slug, 1, "?against=" + number);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
      assertThat(answer.code()).isEqualTo("not-valid");
      assertThat(answer.json().get("errors").get(0).get("pointer").textValue())
          .isEqualTo("/against");
    }
  }
}
