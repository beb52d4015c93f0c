package dev.palisade.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One person who has every role tries every way to an approved version and to an offered release,
 * alone. What {@link EachRuleCountsIT} is for the database, this is for the application.
 */
@Tag("portal")
class OnePersonIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";

  private final Portal portal = Portal.running();
  private final String name = portal.name("alone");
  private final Caller alone = portal.person(name, Role.values());
  private final Caller author = portal.as(Role.AUTHOR);

  @Test
  void approvesNeitherWhatTheyBeganNorImportedNorCopied() {
    String begun = profile();
    alone.post("/api/v1/profiles/" + begun + "/versions", Map.of()).expect(201);
    put(alone, begun, 1, "settings", Portal.entries(Map.of(COOKIES, 1))).expect(200);
    notApprovedBySubmitting(begun, 1);
    String imported = profile();
    alone
        .post(
            "/api/v1/profiles/" + imported + "/import",
            Map.of("format", "sysctl", "text", COOKIES + " = 1"))
        .expect(201);
    notApprovedBySubmitting(imported, 1);
    String approved = portal.approved("copied-alone", Map.of(COOKIES, 1));
    alone
        .post(
            "/api/v1/profiles/" + approved + "/versions",
            Map.of("copyOf", Map.of("slug", approved, "number", 1)))
        .expect(201);
    notApprovedBySubmitting(approved, 2);
  }

  @Test
  void approvesNothingAfterAnyKindOfEdit() {
    String base = portal.approved("base-alone", Map.of(COOKIES, 1));
    Map<String, Object> edits =
        Map.of(
            "settings",
            Portal.entries(Map.of(COOKIES, 0)),
            "parameters",
            List.of(Map.of("name", "nic", "type", "interface")),
            "extends",
            Map.of("slug", base, "number", 1));
    edits.forEach(
        (what, body) -> {
          String slug = portal.draft("edited-alone", Map.of(COOKIES, 1));
          put(alone, slug, 1, what, body).expect(200);
          author.post(Portal.version(slug) + "/submit").expect(200);
          notApproved(slug, 1);
        });
    String pushed = portal.draft("pushed-alone", Map.of(COOKIES, 1));
    notApprovedBySubmitting(pushed, 1);
  }

  @Test
  void changesNothingThatIsApproved() {
    String slug = portal.approved("fixed-alone", Map.of(COOKIES, 1));
    JsonNode before = portal.read(slug);
    for (String what : List.of("settings", "parameters")) {
      assertThat(put(alone, slug, 1, what, List.of()).status()).isEqualTo(409);
    }
    String base = portal.approved("base-alone", Map.of(COOKIES, 1));
    assertThat(put(alone, slug, 1, "extends", Map.of("slug", base, "number", 1)).status())
        .isEqualTo(409);
    assertThat(alone.post(Portal.version(slug) + "/withdraw").status()).isEqualTo(409);
    assertThat(portal.read(slug).get("digest")).isEqualTo(before.get("digest"));
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("approved");
  }

  /** The approval of somebody else counts for what they read, and for that only. */
  @Test
  void completesNothingThatChangedAfterAnotherPersonsApproval() {
    String base = portal.approved("base-alone", Map.of(COOKIES, 1));
    Map<String, Object> edits =
        Map.of(
            "settings",
            Portal.entries(Map.of(COOKIES, 0)),
            "parameters",
            List.of(Map.of("name", "nic", "type", "interface")),
            "extends",
            Map.of("slug", base, "number", 1));
    edits.forEach(
        (what, body) -> {
          String slug = portal.submitted("half-alone", Map.of(COOKIES, 1));
          author.patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 2)).expect(200);
          approve(portal.as(Role.APPROVER), slug, 1).expect(200);
          author.post(Portal.version(slug) + "/withdraw").expect(200);
          put(author, slug, 1, what, body).expect(200);
          author.post(Portal.version(slug) + "/submit").expect(200);
          approve(alone, slug, 1).expect(200);
          assertThat(state(slug, 1)).isEqualTo("in_review");
        });
  }

  @Test
  void doesNotCountAfterEditingThereAndBack() {
    String slug = portal.submitted("back-alone", Map.of(COOKIES, 1));
    author.patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 2)).expect(200);
    approve(alone, slug, 1).expect(200);
    author.post(Portal.version(slug) + "/withdraw").expect(200);
    put(alone, slug, 1, "settings", Portal.entries(Map.of(COOKIES, 0))).expect(200);
    put(alone, slug, 1, "settings", Portal.entries(Map.of(COOKIES, 1))).expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    approve(portal.as(Role.APPROVER), slug, 1).expect(200);
    assertThat(state(slug, 1)).isEqualTo("in_review");
  }

  @Test
  void gainsNothingByARoleThatCameLater() {
    String later = portal.name("later");
    Caller writer = portal.person(later, Role.AUTHOR);
    String slug = portal.draft("later", Map.of(COOKIES, 1));
    put(writer, slug, 1, "settings", Portal.entries(Map.of(COOKIES, 0))).expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    portal
        .as(Role.ADMINISTRATOR)
        .patch("/api/v1/users/" + later, Map.of("roles", List.of("approver")))
        .expect(200);
    Caller approver = portal.anonymous().signedIn(later, "the password of " + later);
    assertThat(approve(approver, slug, 1).code()).isEqualTo("same-person");
    assertThat(state(slug, 1)).isEqualTo("in_review");
  }

  @Test
  void countsNobodyWhoWasDisabledMeanwhile() {
    String gone = portal.name("gone");
    Caller leaving = portal.person(gone, Role.APPROVER);
    String slug = portal.submitted("gone-alone", Map.of(COOKIES, 1));
    author.patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 2)).expect(200);
    approve(leaving, slug, 1).expect(200);
    portal
        .as(Role.ADMINISTRATOR)
        .patch("/api/v1/users/" + gone, Map.of("disabled", true))
        .expect(200);
    approve(alone, slug, 1).expect(200);
    assertThat(state(slug, 1)).isEqualTo("in_review");
  }

  @Test
  void loosensNoRule() {
    String slug = portal.submitted("ruled-alone", Map.of(COOKIES, 1));
    String path = "/api/v1/profiles/" + slug;
    author.patch(path, Map.of("requiredApprovals", 2)).expect(200);
    assertThat(alone.patch(path, Map.of("requiredApprovals", 1)).status()).isEqualTo(409);
    assertThat(alone.patch(path, Map.of("emergencyWithin", "PT1H")).status()).isEqualTo(409);
    JsonNode change =
        alone
            .post(path + "/rule-changes", Map.of("requiredApprovals", 1, "reason", "Why"))
            .expect(201)
            .json();
    String proposal = path + "/rule-changes/" + change.get("id").longValue();
    assertThat(alone.post(proposal + "/approve", Map.of()).code()).isEqualTo("same-person");
    approve(alone, slug, 1).expect(200);
    assertThat(state(slug, 1)).isEqualTo("in_review");
    assertThat(emergency(slug).status()).isEqualTo(409);
    assertThat(state(slug, 1)).isEqualTo("in_review");
  }

  @Test
  void offersNothingThatNobodyElseApproved() {
    RegisteredHost host = portal.host("alone");
    String good = portal.approved("good-alone", Map.of(COOKIES, 1));
    String waiting = portal.submitted("waiting-alone", Map.of("net.ipv4.tcp_sack", 0));
    alone.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(good, waiting)).expect(200);
    for (Map<String, Integer> versions :
        List.of(Map.of(waiting, 1), Map.of(good, 1, waiting, 1), Map.of(good, 1))) {
      Answer planned =
          alone.post(
              "/api/v1/rollouts",
              Map.of("name", "Alone", "selector", "name = " + host.name(), "versions", versions));
      if (planned.status() == 201) {
        long id = planned.json().get("id").longValue();
        assertThat(alone.post("/api/v1/rollouts/" + id + "/start").status()).isEqualTo(409);
      } else {
        assertThat(planned.status()).as(planned.toString()).isEqualTo(409);
      }
      portal.as(host).get("/nix/hosts/" + host.name() + "/latest.tar.gz").expect(404);
    }
  }

  @Test
  void waivesNothingAndBringsNoHostIntoAWaiver() {
    String tier = portal.name("tier");
    RegisteredHost held = portal.host("waived-alone");
    RegisteredHost host = portal.host("unwaived-alone");
    String slug = portal.approved("waived-alone", Map.of(COOKIES, 1));
    alone.patch("/api/v1/hosts/" + held.name(), tier(tier)).expect(200);
    String group = "/api/v1/groups/" + tier;
    alone
        .post("/api/v1/groups", Map.of("slug", tier, "name", tier, "selector", "tier = " + tier))
        .expect(201);
    String other = waiver("group", tier);
    portal.as(Role.APPROVER).post(other + "/approve", Map.of()).expect(200);
    alone.patch("/api/v1/hosts/" + host.name(), tier(tier)).expect(200);
    alone.put(group, Map.of("selector", "all")).expect(200);
    String own = waiver("host", host.name());
    assertThat(alone.post(own + "/approve", Map.of()).code()).isEqualTo("same-person");
    assertThat(alone.post(own + "/reject", Map.of("comment", "x")).code()).isEqualTo("same-person");
    portal.rollOut(host, slug);
    assertThat(alone.get("/api/v1/hosts/" + host.name() + "/module.nix").expect(200).text())
        .contains("\"" + COOKIES + "\" = 1;")
        .doesNotContain("Waived");
  }

  private static Map<String, Object> tier(String tier) {
    return Map.of("labels", Map.of("tier", tier));
  }

  private String waiver(String whose, String name) {
    Map<String, Object> request =
        Map.of(
            whose,
            name,
            "key",
            COOKIES,
            "effect",
            "unmanaged",
            "reason",
            "Why",
            "expiresAt",
            Instant.now().plusSeconds(3600).toString());
    return "/api/v1/waivers/"
        + alone.post("/api/v1/waivers", request).expect(201).json().get("id").longValue();
  }

  @Test
  void findsNoButtonForTheirOwnVersion() {
    String slug = portal.draft("own-page", Map.of(COOKIES, 1));
    alone.post(Portal.version(slug) + "/submit").expect(200);
    try (Browser browser = Browser.at(portal.anonymous().portal());
        Window window = browser.window()) {
      window.signIn(name, "the password of " + name);
      window.button("Sign out").waitFor();
      window.open("/profile/version?slug=" + slug + "&number=1");
      assertThat(window.title().textContent()).isEqualTo("Review " + slug + " v1");
      assertThat(window.page().locator("#main").textContent()).contains("Somebody else decides.");
      assertThat(window.button("Approve ").count()).isZero();
    }
  }

  private String profile() {
    String slug = portal.name("alone");
    alone.post("/api/v1/profiles", Map.of("slug", slug, "name", slug)).expect(201);
    return slug;
  }

  private void notApprovedBySubmitting(String slug, int number) {
    alone.post(path(slug, number) + "/submit").expect(200);
    notApproved(slug, number);
  }

  private void notApproved(String slug, int number) {
    Answer answer = approve(alone, slug, number);
    assertThat(answer.code()).as(answer.toString()).isEqualTo("same-person");
    assertThat(state(slug, number)).isEqualTo("in_review");
  }

  private Answer approve(Caller person, String slug, int number) {
    String digest = person.get(path(slug, number)).expect(200).json().get("digest").textValue();
    return person.post(path(slug, number) + "/approve", Map.of("digest", digest));
  }

  private Answer emergency(String slug) {
    String digest = portal.read(slug).get("digest").textValue();
    return alone.post(
        Portal.version(slug) + "/approve",
        Map.of("digest", digest, "comment", "Now", "emergency", true));
  }

  private static Answer put(Caller person, String slug, int number, String what, Object body) {
    return person.put(path(slug, number) + "/" + what, body);
  }

  private String state(String slug, int number) {
    return alone.get(path(slug, number)).expect(200).json().get("state").textValue();
  }

  private static String path(String slug, int number) {
    return "/api/v1/profiles/" + slug + "/versions/" + number;
  }
}
