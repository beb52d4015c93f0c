package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say about a version, and what was in review when, through the API. */
@Tag("portal")
class CommentsIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String SACK = "net.ipv4.tcp_sack";
  private static final int LONGEST = 10_000;

  private final Portal portal = Portal.running();
  private final Caller author = portal.as(Role.AUTHOR);
  private final Caller approver = portal.as(Role.APPROVER);

  private static Answer say(Caller who, String slug, String key, String text) {
    Map<String, Object> body = new HashMap<>();
    body.put("key", key);
    body.put("text", text);
    return who.post(Portal.version(slug) + "/comments", body);
  }

  private void resubmit(String slug, Map<String, ?> settings) {
    author.post(Portal.version(slug) + "/withdraw").expect(200);
    author.put(Portal.version(slug) + "/settings", Portal.entries(settings)).expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
  }

  private String digest(String slug) {
    return portal.read(slug).get("digest").textValue();
  }

  @Test
  void authorAndApproverTalkAboutASettingAndTheWhole() {
    String slug = portal.submitted("talked", Map.of(COOKIES, 1));
    JsonNode said = say(approver, slug, COOKIES, "Why not 2?").expect(201).json();
    assertThat(said.get("digest").textValue()).isEqualTo(digest(slug));
    say(author, slug, null, "Because of the load.").expect(201);
    JsonNode comments = portal.read(slug).get("comments");
    assertThat(comments.findValuesAsText("text"))
        .containsExactly("Why not 2?", "Because of the load.");
    assertThat(comments.findValuesAsText("person")).containsExactly("approver", "author");
    assertThat(comments.get(0).get("key").textValue()).isEqualTo(COOKIES);
    assertThat(comments.get(1).get("key").isNull()).isTrue();
    assertThat(comments.get(0).get("current").booleanValue()).isTrue();
    JsonNode act =
        portal
            .as(Role.AUDITOR)
            .get("/api/v1/journal?act=version.commented&object=" + slug + "%20v1")
            .expect(200)
            .json()
            .at("/items/1");
    assertThat(act.at("/detail/key").textValue()).isEqualTo(COOKIES);
    assertThat(act.at("/detail/digest").textValue()).isEqualTo(digest(slug));
    assertThat(act.toString()).doesNotContain("Why not 2?");
  }

  @Test
  void aCommentKeepsTheContentThatItSpokeOf() {
    String slug = portal.submitted("moved-on", Map.of(COOKIES, 1));
    String before = digest(slug);
    say(approver, slug, COOKIES, "Too weak?").expect(201);
    resubmit(slug, Map.of(COOKIES, 2));
    JsonNode comment = portal.read(slug).at("/comments/0");
    assertThat(comment.get("digest").textValue()).isEqualTo(before);
    assertThat(comment.get("current").booleanValue()).isFalse();
    approver
        .post(
            Portal.version(slug) + "/comments",
            Map.of("text", "I had read the old one.", "digest", before))
        .expect(201);
    Answer stale =
        approver.post(
            Portal.version(slug) + "/comments",
            Map.of("text", "I read something else.", "digest", "0".repeat(64)));
    assertThat(stale.status()).isEqualTo(412);
  }

  @Test
  void aCommentIsAboutASettingThatTheVersionOrItsCounterpartHas() {
    String slug = portal.approved("counterpart", Map.of(COOKIES, 1, SACK, 0));
    String other = portal.approved("other-part", Map.of("kernel.sysrq", 0));
    author.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    String second = "/api/v1/profiles/" + slug + "/versions/2";
    author.put(second + "/settings", Portal.entries(Map.of(COOKIES, 1))).expect(200);
    approver.post(second + "/comments", Map.of("key", SACK, "text", "Why is it gone?")).expect(201);
    Map<String, String> elsewhere = Map.of("key", "kernel.sysrq", "text", "And this one?");
    Answer refused = approver.post(second + "/comments", elsewhere);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/pointer").textValue()).isEqualTo("/key");
    approver.post(second + "/comments?against=1&againstProfile=" + other, elsewhere).expect(201);
  }

  @Test
  void onlyAuthorsAndApproversComment() {
    String slug = portal.submitted("quiet", Map.of(COOKIES, 1));
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR)) {
      assertThat(say(portal.as(role), slug, COOKIES, "Me too").status())
          .as(role.code())
          .isEqualTo(403);
    }
    assertThat(portal.read(slug).get("comments")).isEmpty();
  }

  @Test
  void whatIsDecidedIsNotCommentedOn() {
    String slug = portal.approved("decided", Map.of(COOKIES, 1));
    assertThat(say(approver, slug, COOKIES, "Too late").expect(409).code()).isEqualTo("conflict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#{7*7} ${7*7}",
        "<script>alert(1)</script>",
        "\u202Egnp.exe \u2067right to left\u2069",
        "'; drop table profile_comment; --",
        "line one\nline two\ttabbed"
      })
  void everyTextIsKeptAsItIs(String text) {
    String slug = portal.submitted("odd", Map.of(COOKIES, 1));
    say(approver, slug, COOKIES, text).expect(201);
    assertThat(portal.read(slug).at("/comments/0/text").textValue()).isEqualTo(text);
  }

  @Test
  void aLongTextIsKeptAndALongerOneRefused() {
    String slug = portal.submitted("long", Map.of(COOKIES, 1));
    say(approver, slug, null, "ü".repeat(LONGEST)).expect(201);
    Answer refused = say(approver, slug, null, "ü".repeat(LONGEST + 1)).expect(422);
    assertThat(refused.json().at("/errors/0/pointer").textValue()).isEqualTo("/text");
    assertThat(say(approver, slug, null, " \n ").expect(422).code()).isEqualTo("not-valid");
    assertThat(portal.read(slug).get("comments")).hasSize(1);
  }

  @Test
  void eachSubmissionIsOnRecordAndCanBeComparedWith() {
    String slug = portal.submitted("recorded", Map.of(COOKIES, 1));
    String before = digest(slug);
    resubmit(slug, Map.of(COOKIES, 0, SACK, 1));
    JsonNode submissions =
        portal
            .as(Role.VIEWER)
            .get(Portal.version(slug) + "/submissions")
            .expect(200)
            .json()
            .get("items");
    assertThat(submissions.findValuesAsText("digest")).containsExactly(digest(slug), before);
    assertThat(submissions.findValuesAsText("person")).containsOnly("author");
    assertThat(submissions.get(0).get("current").booleanValue()).isTrue();
    assertThat(submissions.get(1).get("current").booleanValue()).isFalse();
    JsonNode changes =
        approver.get(Portal.version(slug) + "/diff?against=" + before).expect(200).json();
    assertThat(changes.findValuesAsText("key")).containsExactly(COOKIES, SACK);
    assertThat(changes.get(0).get("from").intValue()).isEqualTo(1);
    approver.get(Portal.version(slug) + "/diff?against=" + "0".repeat(64)).expect(404);
  }

  @Test
  void aDecisionOnWhatWasReadBeforeNamesAllThatChanged() {
    String slug = portal.submitted("restless", Map.of(COOKIES, 1, SACK, 0));
    String base = portal.approved("underneath", Map.of("kernel.sysrq", 0));
    String read = digest(slug);
    author.post(Portal.version(slug) + "/withdraw").expect(200);
    author
        .put(
            Portal.version(slug) + "/parameters",
            List.of(Map.of("name", "ssh", "type", "port", "default", 22)))
        .expect(200);
    author.put(Portal.version(slug) + "/settings", Portal.entries(Map.of(COOKIES, 0))).expect(200);
    author.put(Portal.version(slug) + "/extends", Map.of("slug", base, "number", 1)).expect(200);
    Map<String, String> decision = Map.of("digest", read, "comment", "As read");
    for (String state : List.of("draft", "in_review")) {
      assertThat(portal.read(slug).get("state").textValue()).isEqualTo(state);
      for (String verb : List.of("approve", "reject")) {
        Answer stale = approver.post(Portal.version(slug) + "/" + verb, decision);
        assertThat(stale.status()).as(stale.toString()).isEqualTo(412);
        assertThat(stale.code()).isEqualTo("content-changed");
        assertThat(stale.json().get("errors").findValuesAsText("pointer"))
            .containsExactly(
                "/settings/" + COOKIES, "/settings/" + SACK, "/parameters/ssh", "/extends");
        assertThat(stale.json().at("/errors/1/detail").textValue()).isEqualTo("0 off → not set");
        assertThat(stale.json().at("/errors/3/detail").textValue())
            .isEqualTo("nothing → " + base + " v1");
      }
      if (state.equals("draft")) {
        author.post(Portal.version(slug) + "/submit").expect(200);
      }
    }
    assertThat(portal.read(slug).get("approvals")).isEmpty();
  }
}
