package dev.palisade.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.proof.BrokenProof;
import dev.palisade.proof.ReleaseProof;
import dev.palisade.proof.ReleaseProof.Trust;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a waiver does, from the request to its end, as operators, approvers and hosts see it. */
@Tag("portal")
class WaiverIT {

  private static final String WAIVERS = "/api/v1/waivers";
  private static final String SYSRQ = "kernel.sysrq";
  private static final String COOKIES = "net.ipv4.tcp_syncookies";

  private final Portal portal = Portal.running();
  private final Caller operator = portal.as(Role.OPERATOR);
  private final Caller approver = portal.as(Role.APPROVER);
  private final Caller viewer = portal.as(Role.VIEWER);

  private static Map<String, Object> request(String host, String effect, Object value) {
    Map<String, Object> request = new HashMap<>();
    request.put("host", host);
    request.put("key", SYSRQ);
    request.put("effect", effect);
    request.put("reason", "<b>#{7*7}</b> the console needs it.");
    request.put("expiresAt", Instant.now().plus(Duration.ofDays(30)).toString());
    if (value != null) {
      request.put("value", value);
    }
    return request;
  }

  private static Map<String, Object> with(Map<String, Object> request, String member, Object to) {
    Map<String, Object> other = new HashMap<>(request);
    other.put(member, to);
    return other;
  }

  private String ask(Map<String, Object> request) {
    JsonNode waiver = operator.post(WAIVERS, request).expect(201).json();
    assertThat(waiver.get("state").textValue()).isEqualTo("requested");
    return WAIVERS + "/" + waiver.get("id").longValue();
  }

  private String approved(Map<String, Object> request) {
    String waiver = ask(request);
    approver.post(waiver + "/approve", Map.of("comment", "For now.")).expect(200);
    return waiver;
  }

  /** A host that is expected to hold two settings, holds one, and says so. */
  private RegisteredHost drifting() {
    RegisteredHost host = portal.host("waived");
    portal.rollOut(host, portal.approved("waived", Map.of(SYSRQ, 0, COOKIES, 1)));
    portal.fetch(host);
    report(host, 438);
    return host;
  }

  private void report(RegisteredHost host, int sysrq) {
    String dump = "kernel.sysrq = " + sysrq + "\nnet.ipv4.tcp_syncookies = 1\n";
    portal
        .as(host)
        .post("/agent/v1/reports", "text/plain", dump.getBytes(StandardCharsets.UTF_8))
        .expect(202);
  }

  private JsonNode finding(RegisteredHost host) {
    JsonNode items =
        viewer
            .get("/api/v1/findings?host=" + host.name() + "&key=" + SYSRQ)
            .expect(200)
            .json()
            .get("items");
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private String verdict(RegisteredHost host) {
    return finding(host).get("verdict").textValue();
  }

  private String module(RegisteredHost host) {
    return viewer.get("/api/v1/hosts/" + host.name() + "/module.nix").expect(200).text();
  }

  private void rollOutNow(RegisteredHost host) {
    String slug =
        viewer
            .get("/api/v1/hosts/" + host.name() + "/profiles")
            .expect(200)
            .json()
            .get("items")
            .get(0)
            .textValue();
    portal.rollOut(host, slug);
    portal.fetch(host);
  }

  private JsonNode effective(RegisteredHost host) {
    for (JsonNode row :
        viewer
            .get("/api/v1/hosts/" + host.name() + "/effective")
            .expect(200)
            .json()
            .get("settings")) {
      if (row.get("key").textValue().equals(SYSRQ)) {
        return row;
      }
    }
    throw new AssertionError("No row of " + SYSRQ);
  }

  /** The database's clock is nobody's to turn; so the end comes to the waiver. */
  private void letEnd(String waiver) throws SQLException {
    String id = waiver.substring(WAIVERS.length() + 1);
    Database.asApplication(portal)
        .tamper(
            "begin; alter table assignment_waiver disable trigger assignment_waiver_guard;"
                + " update assignment_waiver set requested_at = now() - interval '2 days',"
                + " expires_at = now() - interval '1 second' where id = "
                + id
                + "; alter table assignment_waiver enable trigger assignment_waiver_guard; commit");
  }

  @Test
  void acceptActsOnTheVerdictAtOnceAndEndsAtOnce() {
    RegisteredHost host = drifting();
    String module = module(host);
    assertThat(verdict(host)).isEqualTo("drifted");
    String waiver = ask(request(host.name(), "accept", null));
    assertThat(verdict(host)).isEqualTo("drifted");
    approver.post(waiver + "/approve", Map.of()).expect(200);
    JsonNode finding = finding(host);
    assertThat(finding.get("verdict").textValue()).isEqualTo("waived");
    assertThat(finding.get("withoutWaivers").textValue()).isEqualTo("drifted");
    assertThat(finding.at("/waiver/reason").textValue()).contains("#{7*7}");
    assertThat(finding.at("/waiver/expiresAt").isNull()).isFalse();
    assertThat(finding.get("why").textValue()).startsWith("Waived until ").contains("drifted");
    report(host, 439);
    assertThat(verdict(host)).isEqualTo("waived");
    rollOutNow(host);
    assertThat(module(host)).as("accept changes nothing that is rolled out").isEqualTo(module);
    report(host, 0);
    assertThat(verdict(host)).as("what holds is not called waived").isEqualTo("compliant");
    report(host, 438);
    operator.post(waiver + "/revoke").expect(200);
    assertThat(verdict(host)).isEqualTo("drifted");
  }

  @Test
  void eachNumberHasItsListWithAndWithoutWaivers() {
    RegisteredHost host = drifting();
    approved(request(host.name(), "accept", null));
    JsonNode compliance = viewer.get("/api/v1/compliance").expect(200).json();
    for (String waivers : List.of("", "&waivers=ignored")) {
      JsonNode counts =
          waivers.isEmpty()
              ? compliance.get("findings")
              : compliance.at("/withoutWaivers/findings");
      for (String verdict : List.of("waived", "drifted", "compliant", "not-deployed")) {
        assertThat(
                viewer
                    .get("/api/v1/findings?limit=1&verdict=" + verdict + waivers)
                    .expect(200)
                    .json()
                    .get("total")
                    .longValue())
            .as(verdict + waivers)
            .isEqualTo(counts.path(verdict).asLong());
      }
    }
    assertThat(compliance.at("/withoutWaivers/findings").has("waived")).isFalse();
    assertThat(sum(compliance.get("findings")))
        .isEqualTo(sum(compliance.at("/withoutWaivers/findings")));
    assertThat(sum(compliance.get("hosts"))).isEqualTo(sum(compliance.at("/withoutWaivers/hosts")));
    viewer.get("/api/v1/findings?waivers=no").expect(422);
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.longValue();
    }
    return sum;
  }

  @Test
  void aValueAndAnExemptionComeWithTheNextRolloutAndNotBefore() {
    for (String effect : List.of("value", "unmanaged")) {
      RegisteredHost host = drifting();
      String module = module(host);
      String waiver = approved(request(host.name(), effect, effect.equals("value") ? 438 : null));
      assertThat(module(host)).isEqualTo(module);
      assertThat(verdict(host)).isEqualTo("drifted");
      JsonNode row = effective(host);
      assertThat(row.at("/pending/waiver").textValue()).isEqualTo(effect);
      assertThat(row.at("/pending/asked").longValue()).isZero();
      assertThat(row.at("/offered/waiver").isNull()).isTrue();
      assertThat(row.at("/waiver/effect").textValue()).isEqualTo(effect);
      assertThat(row.get("changes").booleanValue()).isTrue();
      rollOutNow(host);
      assertThat(module(host))
          .contains(
              effect.equals("value")
                  ? "# Waived: kernel.sysrq = 438; "
                  : "# Waived: kernel.sysrq is left alone; ")
          .doesNotContain("\"kernel.sysrq\" = 0;");
      report(host, 438);
      JsonNode finding = finding(host);
      assertThat(finding.get("verdict").textValue())
          .isEqualTo(effect.equals("value") ? "compliant" : "waived");
      assertThat(finding.get("withoutWaivers").textValue()).isEqualTo("drifted");
      operator.post(waiver + "/revoke").expect(200);
      JsonNode ended = finding(host);
      assertThat(ended.get("verdict").textValue()).isEqualTo("not-deployed");
      assertThat(ended.get("why").textValue()).startsWith("Not deployed (waiver ended)");
      assertThat(ended.get("expected").textValue()).isEqualTo("0");
      assertThat(ended.at("/waiver/ended").booleanValue()).isTrue();
      assertThat(effective(host).get("changes").booleanValue()).isTrue();
      rollOutNow(host);
      assertThat(module(host)).isEqualTo(module);
      report(host, 438);
      assertThat(verdict(host)).isEqualTo("drifted");
    }
  }

  @Test
  void anExpiredWaiverIsNotShownAsOneFromThatMomentOn() throws SQLException {
    RegisteredHost host = drifting();
    String accepting = approved(request(host.name(), "accept", null));
    letEnd(accepting);
    assertThat(verdict(host)).isEqualTo("drifted");
    assertThat(viewer.get(accepting).expect(200).json().get("state").textValue())
        .isEqualTo("expired");
    String leaving = approved(request(host.name(), "unmanaged", null));
    rollOutNow(host);
    assertThat(verdict(host)).isNotEqualTo("not-deployed");
    letEnd(leaving);
    assertThat(finding(host).get("why").textValue()).startsWith("Not deployed (waiver ended)");
    approver.post(leaving + "/approve", Map.of()).expect(409);
    operator.post(leaving + "/revoke").expect(409);
  }

  @Test
  void hostsOfOneWaiverEachShareAReleaseThatIsProvenOffline() throws BrokenProof {
    String slug = portal.approved("shared", Map.of(SYSRQ, 0, COOKIES, 1));
    TreeSet<String> digests = new TreeSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      RegisteredHost host = portal.host("shared");
      names.add(host.name());
      approved(request(host.name(), "value", 1));
      portal.rollOut(host, slug);
      digests.add(
          viewer
              .get("/api/v1/hosts/" + host.name() + "/effective")
              .expect(200)
              .json()
              .get("release")
              .textValue());
    }
    assertThat(digests).hasSize(1);
    byte[] proof = viewer.get("/api/v1/releases/" + digests.first() + "/proof").expect(200).body();
    for (String name : names) {
      assertThat(ReleaseProof.verify(proof, new Trust(null, name, false), Instant.now()).lines())
          .anyMatch(line -> line.startsWith("It was resolved by the catalog "))
          .anyMatch(
              line ->
                  line.startsWith("kernel.sysrq = 1; " + slug + " asks for 0, by waiver ")
                      && line.contains(" for " + name + " until ")
                      && line.contains("asked for by operator and approved by approver"));
    }
  }

  @Test
  void aGroupsWaiverIsForTheHostsThatItHadAndAHostsOwnCounts() {
    String label = portal.name("tier");
    RegisteredHost first = drifting();
    RegisteredHost second = drifting();
    RegisteredHost later = drifting();
    for (RegisteredHost host : List.of(first, second)) {
      label(host, label);
    }
    operator
        .post("/api/v1/groups", Map.of("slug", label, "name", label, "selector", "tier = " + label))
        .expect(201);
    Map<String, Object> request = request(null, "accept", null);
    request.remove("host");
    request.put("group", label);
    String waiver = approved(request);
    label(later, label);
    operator.put("/api/v1/groups/" + label, Map.of("selector", "name != nobody")).expect(200);
    assertThat(List.of(verdict(first), verdict(second), verdict(later)))
        .containsExactly("waived", "waived", "drifted");

    approved(request(first.name(), "unmanaged", null));
    assertThat(verdict(first)).as("its own counts, and is not rolled out").isEqualTo("drifted");
    operator.put("/api/v1/groups/" + label, Map.of("selector", "tier = " + label)).expect(200);
    label(second, "other");
    assertThat(verdict(second)).isEqualTo("drifted");
    label(second, label);
    assertThat(verdict(second)).as("who left does not come back").isEqualTo("drifted");
    assertThat(viewer.get(waiver).expect(200).json().get("hosts")).hasSize(1);
  }

  private void label(RegisteredHost host, String tier) {
    operator
        .patch("/api/v1/hosts/" + host.name(), Map.of("labels", Map.of("tier", tier)))
        .expect(200);
  }

  /** What is decided after the hosts were looked at was not looked at with them. */
  @Test
  void aRolloutOffersWhatWasCheckedWhateverIsDecidedMeanwhile() throws SQLException {
    for (boolean before : List.of(false, true)) {
      String label = portal.name("meanwhile");
      List<RegisteredHost> hosts = List.of(drifting(), drifting());
      String slug = portal.approved("meanwhile", Map.of(SYSRQ, 0));
      List<String> ids = new ArrayList<>();
      for (RegisteredHost host : hosts) {
        label(host, label);
        operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug)).expect(200);
        Map<String, Object> request = request(host.name(), "value", 438);
        String waiver = before ? approved(request) : ask(request);
        ids.add(waiver.substring(WAIVERS.length() + 1));
      }
      long rollout =
          operator
              .post(
                  "/api/v1/rollouts",
                  Map.of("name", label, "selector", "tier = " + label, "versions", Map.of(slug, 1)))
              .expect(201)
              .json()
              .get("id")
              .longValue();
      atTheFirstOffer(
          rollout,
          (before
                  ? "state = 'revoked', ended_by = 'operator', ended_at = now()"
                  : "state = 'approved', decided_by = 'approver', decided_at = now()")
              + " where id in ("
              + String.join(", ", ids)
              + ") and state = '"
              + (before ? "approved" : "requested")
              + "'",
          () -> operator.post("/api/v1/rollouts/" + rollout + "/start").expect(200));
      String progress = viewer.get("/api/v1/rollouts/" + rollout + "/hosts").expect(200).text();
      if (before) {
        assertThat(progress)
            .as("the second one is refused, and the first one stays offered")
            .contains("Its waiver of " + SYSRQ + " has ended.", "\"offered\"");
      } else {
        assertThat(hosts)
            .allSatisfy(host -> assertThat(module(host)).contains("\"kernel.sysrq\" = "));
        assertThat(hosts).allSatisfy(host -> assertThat(module(host)).doesNotContain("# Waived"));
      }
    }
  }

  private void atTheFirstOffer(long rollout, String update, Runnable start) throws SQLException {
    Database database = Database.asApplication(portal);
    String drop = "drop trigger if exists meanwhile on release_offer";
    database.tamper(
        "create or replace function meanwhile() returns trigger language plpgsql security definer"
            + " as $$ begin update "
            + "assignment_waiver set "
            + update
            + "; return null; end $$",
        drop,
        "create trigger meanwhile after insert on release_offer for each row when (new.rollout_id = "
            + rollout
            + ") execute function meanwhile()");
    try {
      start.run();
    } finally {
      database.tamper(drop, "drop function meanwhile()");
    }
  }

  @Test
  void theListComesInPagesAndByState() throws SQLException {
    RegisteredHost host = portal.host("listed");
    String rejected = ask(request(host.name(), "accept", null));
    approver.post(rejected + "/reject", Map.of("comment", "No.")).expect(200);
    String expired = ask(request(host.name(), "accept", null));
    letEnd(expired);
    String holding = approved(request(host.name(), "accept", null));
    String all = WAIVERS + "?host=" + host.name();
    JsonNode first = viewer.get(all + "&limit=2").expect(200).json();
    assertThat(first.get("total").longValue()).isEqualTo(3);
    assertThat(first.get("items")).hasSize(2);
    assertThat(first.at("/items/0/hosts/0").textValue()).isEqualTo(host.name());
    JsonNode rest =
        viewer.get(all + "&limit=2&cursor=" + first.get("next").textValue()).expect(200).json();
    assertThat(rest.get("next").isNull()).isTrue();
    assertThat(rest.at("/items/0/state").textValue()).isEqualTo("rejected");
    for (Map.Entry<String, String> state :
        Map.of("rejected", rejected, "expired", expired, "approved", holding).entrySet()) {
      JsonNode items = viewer.get(all + "&state=" + state.getKey()).expect(200).json().get("items");
      assertThat(items).as(state.getKey()).hasSize(1);
      assertThat(state.getValue()).endsWith("/" + items.get(0).get("id").longValue());
    }
    for (String bad : List.of("limit=0", "limit=501", "cursor=-1", "state=wild")) {
      viewer.get(WAIVERS + "?" + bad).expect(422);
    }
    viewer.get(WAIVERS + "?host=nobody").expect(404);
    assertThat(viewer.get(WAIVERS + "?key=nothing").expect(200).json().get("items")).isEmpty();
  }

  @Test
  void whatIsMandatoryIsAcceptedAtMost() {
    RegisteredHost host = portal.host("mandatory");
    String slug = portal.draft("mandatory", Map.of(SYSRQ, 0));
    Caller author = portal.as(Role.AUTHOR);
    author
        .put(
            Portal.version(slug) + "/settings",
            List.of(Map.of("key", SYSRQ, "value", 0, "mandatory", true)))
        .expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    String digest = portal.read(slug).get("digest").textValue();
    String early = approved(request(host.name(), "unmanaged", null));
    approver.post(Portal.version(slug) + "/approve", Map.of("digest", digest)).expect(200);
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug)).expect(200);
    JsonNode rollout =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    "Refused",
                    "selector",
                    "name = " + host.name(),
                    "versions",
                    Map.of(slug, 1)))
            .expect(201)
            .json();
    assertThat(
            viewer
                .get("/api/v1/rollouts/" + rollout.get("id").longValue() + "/hosts")
                .expect(200)
                .text())
        .contains("makes " + SYSRQ + " mandatory");
    operator.post(early + "/revoke").expect(200);
    for (String effect : List.of("value", "unmanaged")) {
      Answer answer =
          operator.post(WAIVERS, request(host.name(), effect, effect.equals("value") ? 1 : null));
      assertThat(pointers(answer.expect(422))).containsExactly("/effect");
    }
    ask(request(host.name(), "accept", null));
  }

  @Test
  void badRequestsAreRefusedByTheirMembersAndNothingIsKept() {
    RegisteredHost host = portal.host("badly-asked");
    Map<String, Object> good = request(host.name(), "value", 1);
    String past = Instant.now().minusSeconds(1).toString();
    String far = Instant.now().plus(Duration.ofDays(400)).toString();
    Map<String, Map<String, Object>> bad = new HashMap<>();
    bad.put("/host", with(good, "host", "nobody"));
    bad.put("/key", with(good, "key", "kernel.nothing"));
    bad.put("/effect", with(with(good, "effect", "ignore"), "value", null));
    bad.put("/reason", with(good, "reason", "x".repeat(10_001)));
    bad.put("/expiresAt", with(good, "expiresAt", past));
    bad.put("/value", with(good, "value", "much"));
    bad.put("/group", with(good, "group", "both"));
    bad.forEach(
        (pointer, request) ->
            assertThat(pointers(operator.post(WAIVERS, request).expect(422)))
                .as(pointer)
                .containsExactly(pointer));
    Map<String, Object> nothing = new HashMap<>();
    assertThat(pointers(operator.post(WAIVERS, nothing).expect(422)))
        .containsExactly("/effect", "/expiresAt", "/host", "/key", "/reason");
    for (Map<String, Object> request :
        List.of(
            with(good, "expiresAt", far),
            with(good, "expiresAt", null),
            with(good, "value", null),
            with(good, "value", List.of(List.of(1))),
            with(good, "value", 1e300),
            with(good, "effect", "accept"),
            with(good, "reason", " "),
            with(good, "key", "x".repeat(10_000)),
            with(with(good, "host", null), "group", "no-such-group"))) {
      assertThat(operator.post(WAIVERS, request).status()).as(request.toString()).isEqualTo(422);
    }
    operator.post(WAIVERS, with(good, "forever", true)).expect(400);
    operator.post(WAIVERS, with(good, "expiresAt", "soon")).expect(400);
    viewer.get(WAIVERS + "/999999999").expect(404);
    viewer.get(WAIVERS + "?state=wild").expect(422);
    assertThat(viewer.get(WAIVERS + "?host=" + host.name()).expect(200).json().get("items"))
        .isEmpty();
    String waiting = ask(with(good, "reason", "x".repeat(10_000)));
    assertThat(operator.post(WAIVERS, good).expect(409).text()).contains("Revoke it first");
    assertThat(pointers(approver.post(waiting + "/reject", Map.of()).expect(422)))
        .containsExactly("/comment");
    approver.post(waiting + "/reject", Map.of("comment", "No.")).expect(200);
    ask(good);
  }

  private static Set<String> pointers(Answer answer) {
    Set<String> pointers = new TreeSet<>();
    answer.json().get("errors").forEach(error -> pointers.add(error.get("pointer").textValue()));
    return pointers;
  }

  @Test
  void whatSomebodyAskedWhoIsNoOperatorAnyMoreIsNotApproved() {
    String leaving = portal.name("leaving");
    Caller asker = portal.person(leaving, Role.OPERATOR);
    RegisteredHost host = portal.host("asked-and-left");
    long id =
        asker
            .post(WAIVERS, request(host.name(), "accept", null))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    portal
        .as(Role.ADMINISTRATOR)
        .patch("/api/v1/users/" + leaving, Map.of("roles", List.of("viewer")))
        .expect(200);
    Answer answer = approver.post(WAIVERS + "/" + id + "/approve", Map.of()).expect(409);
    assertThat(answer.json().get("detail").textValue())
        .isEqualTo("It is void: " + leaving + ", who asked for it, is no operator any more.");
    approver.post(WAIVERS + "/" + id + "/reject", Map.of("comment", "Gone.")).expect(200);
  }

  @Test
  void manyRequestsAtOnceMakeOneAndSoDoManyApprovals() {
    RegisteredHost host = portal.host("approved-at-once");
    Map<String, Object> request = request(host.name(), "accept", null);
    List<Answer> asked =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> operator.post(WAIVERS, request))
            .sorted(Comparator.comparing(Answer::status))
            .toList();
    assertThat(asked)
        .extracting(Answer::status)
        .containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
    String waiver = WAIVERS + "/" + asked.get(0).json().get("id").longValue();
    List<Integer> answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> approver.post(waiver + "/approve", Map.of()).status())
            .sorted()
            .toList();
    assertThat(answers).containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
    String journal = portal.as(Role.AUDITOR).get("/api/v1/journal?limit=500").expect(200).text();
    assertThat(journal).contains("waiver.requested").contains("waiver.approved");
    operator.send("POST", waiver + "/revoke", null, BodyPublishers.noBody()).expect(200);
    approver.post(waiver + "/revoke").expect(409);
  }
}
