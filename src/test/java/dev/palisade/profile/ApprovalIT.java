package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Approval through the API of a running portal, where several people act at once. */
@Tag("portal")
class ApprovalIT {

  private static final Map<String, Integer> COOKIES = Map.of("net.ipv4.tcp_syncookies", 1);
  private static final int AT_ONCE = 50;
  private static final int PEOPLE = 5;

  private final Portal portal = Portal.running();

  @Test
  void fiftyApprovalsAtOnceAreOneTransition() throws Exception {
    String slug = portal.submitted("crowded", COOKIES);
    assertThat(approvedAtOnce(slug)).isEqualTo(1);
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("approved");
    assertThat(portal.read(slug).get("approvals")).hasSize(1);
    assertThat(acts(slug)).containsOnlyOnce("version.approved");
  }

  /** How many of fifty approvals by five people were taken; the others are clear conflicts. */
  private int approvedAtOnce(String slug) throws Exception {
    String body = digest(slug);
    List<Caller> approvers = approvers();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Caller approver = approvers.get(i % PEOPLE);
      answers.add(executor.submit(() -> approver.post(Portal.version(slug) + "/approve", body)));
    }
    int approved = 0;
    for (Future<Answer> answer : answers) {
      assertThat(answer.get().status()).as(answer.get().toString()).isIn(200, 409);
      approved += answer.get().status() == 200 ? 1 : 0;
    }
    executor.shutdown();
    return approved;
  }

  private List<Caller> approvers() {
    List<Caller> approvers = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      approvers.add(portal.person(portal.name("approver"), Role.APPROVER));
    }
    return approvers;
  }

  @Test
  void neitherAuthorNorEditorApproves() {
    Caller author = portal.person(portal.name("both"), Role.AUTHOR, Role.APPROVER);
    Caller editor = portal.person(portal.name("both"), Role.AUTHOR, Role.APPROVER);
    String slug = portal.name("shared");
    author.post("/api/v1/profiles", Map.of("slug", slug, "name", slug)).expect(201);
    author.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    editor.put(Portal.version(slug) + "/settings", Portal.entries(COOKIES)).expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    for (Caller writer : List.of(author, editor)) {
      Answer answer = writer.post(Portal.version(slug) + "/approve", digest(slug));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("same-person");
    }
    portal.as(Role.APPROVER).post(Portal.version(slug) + "/approve", digest(slug)).expect(200);
  }

  @Test
  void anEditBetweenReadingAndApprovingIsNoticed() {
    String slug = portal.submitted("changing", COOKIES);
    String read = digest(slug);
    Caller author = portal.as(Role.AUTHOR);
    author.post(Portal.version(slug) + "/withdraw").expect(200);
    author
        .put(
            Portal.version(slug) + "/settings",
            Portal.entries(Map.of("net.ipv4.tcp_syncookies", 0)))
        .expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    Answer answer = portal.as(Role.APPROVER).post(Portal.version(slug) + "/approve", read);
    assertThat(answer.code()).isEqualTo("content-changed");
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("in_review");
    assertThat(portal.read(slug).get("approvals")).isEmpty();
  }

  @Test
  void homelabLanComesInReviewWrittenByThePortal() {
    JsonNode shipped = portal.read("homelab-lan");
    assertThat(shipped.get("state").textValue()).isEqualTo("in_review");
    assertThat(shipped.get("author").textValue()).isEqualTo("portal");
    assertThat(shipped.get("settings")).hasSize(49);
    JsonNode copy = portal.read(portal.approvedHomelabLan("copied"));
    assertThat(copy.get("digest")).isEqualTo(shipped.get("digest"));
  }

  @Test
  void whereTwoAreNeededFiftyApprovalsAtOnceAreTwoAndOneTransition() throws Exception {
    String slug = portal.submitted("crowded-by-two", COOKIES);
    portal
        .as(Role.AUTHOR)
        .patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 2))
        .expect(200);
    assertThat(approvedAtOnce(slug)).isEqualTo(2);
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("approved");
    assertThat(portal.read(slug).get("approvals")).hasSize(2);
    assertThat(acts(slug)).containsOnlyOnce("version.approved", "version.approval-given");
  }

  /** Whoever is first, what is approved is what was read. */
  @Test
  void approvalsAndAnEditAtOnceNeverApproveWhatNobodyRead() throws Exception {
    String slug = portal.submitted("edited-meanwhile", COOKIES);
    String read = portal.read(slug).get("digest").textValue();
    Caller author = portal.as(Role.AUTHOR);
    List<Caller> approvers = approvers();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<Answer>> approvals = new ArrayList<>();
    List<Future<?>> edits = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Caller approver = approvers.get(i % PEOPLE);
      int value = i % 2;
      if (i % PEOPLE == 0) {
        edits.add(
            executor.submit(
                () -> {
                  author.post(Portal.version(slug) + "/withdraw");
                  author.put(
                      Portal.version(slug) + "/settings",
                      Portal.entries(Map.of("net.ipv4.tcp_sack", value)));
                  return author.post(Portal.version(slug) + "/submit");
                }));
      } else {
        approvals.add(
            executor.submit(
                () -> approver.post(Portal.version(slug) + "/approve", Map.of("digest", read))));
      }
    }
    for (Future<?> edit : edits) {
      edit.get();
    }
    for (Future<Answer> approval : approvals) {
      assertThat(approval.get().status()).as(approval.get().toString()).isIn(200, 409, 412);
    }
    executor.shutdown();
    JsonNode version = portal.read(slug);
    if (version.get("state").textValue().equals("approved")) {
      assertThat(version.get("digest").textValue()).isEqualTo(read);
      assertThat(acts(slug)).containsOnlyOnce("version.approved");
    } else {
      assertThat(version.get("digest").textValue()).isNotEqualTo(read);
      assertThat(acts(slug)).doesNotContain("version.approved");
    }
  }

  @Test
  void theImpactIsForetoldFromEvidence() {
    String slug =
        portal.submitted("foretold", Map.of("net.ipv4.tcp_syncookies", 1, "kernel.sysrq", 0));
    RegisteredHost host = portal.host("foretold");
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug))
        .expect(200);
    assertThat(impact(slug).get("seenAt").isNull()).isTrue();
    assertThat(impact(slug).get("notKnown").intValue()).isEqualTo(2);
    portal
        .as(host)
        .post(
            "/agent/v1/reports",
            "text/plain",
            "net.ipv4.tcp_syncookies = 1\nkernel.sysrq = 16\n".getBytes(StandardCharsets.UTF_8))
        .expect(202);
    assertThat(impact(slug).get("already").intValue()).isEqualTo(1);
    assertThat(impact(slug).at("/changes/0/key").textValue()).isEqualTo("kernel.sysrq");
    assertThat(impact(slug).at("/changes/0/from").textValue()).isEqualTo("16");
    assertThat(impact(slug).at("/changes/0/to").textValue()).isEqualTo("0");
  }

  private JsonNode impact(String slug) {
    return portal
        .as(Role.APPROVER)
        .get(Portal.version(slug) + "/impact")
        .expect(200)
        .json()
        .at("/items/0");
  }

  private String digest(String slug) {
    return "{\"digest\":\"" + portal.read(slug).get("digest").textValue() + "\"}";
  }

  private List<String> acts(String slug) {
    List<String> acts = new ArrayList<>();
    portal
        .as(Role.AUDITOR)
        .get("/api/v1/journal?object=" + slug + "%20v1")
        .expect(200)
        .json()
        .get("items")
        .forEach(entry -> acts.add(entry.get("act").textValue()));
    return acts;
  }
}
