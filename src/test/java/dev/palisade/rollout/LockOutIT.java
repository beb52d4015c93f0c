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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rollouts that would lock people out of hosts, and letting them through. */
@Tag("portal")
class LockOutIT {

  private static final String WHY = "The console is at hand; “#{7*7}” <script>";
  private static final String SSHD =
      "{\"proto\":\"tcp\",\"address\":\"0.0.0.0\",\"port\":2222,\"process\":\"sshd\"}";
  private static final String NGINX =
      "{\"proto\":\"tcp\",\"address\":\"*\",\"port\":80,\"process\":\"nginx\"}";
  private static final String VPN =
      "{\"proto\":\"udp\",\"address\":\"*\",\"port\":1194,\"process\":\"openvpn\"}";

  private final Portal portal = Portal.running();
  private final Caller operator = portal.as(Role.OPERATOR);
  private String slug;
  private RegisteredHost cut;
  private RegisteredHost safe;
  private RegisteredHost silent;

  @BeforeEach
  void prepare() {
    slug =
        portal.approved(
            "closing",
            Map.of(
                "networking.firewall.enable",
                true,
                "networking.firewall.allowedTCPPorts",
                List.of(22),
                "services.openssh.openFirewall",
                false));
    cut = host("cut");
    sends(cut, SSHD, "2222");
    safe = host("safe");
    sends(safe, NGINX, "80");
    silent = host("silent");
  }

  private RegisteredHost host(String prefix) {
    RegisteredHost host = portal.host(prefix);
    assign(host, slug);
    return host;
  }

  private void assign(RegisteredHost host, String... slugs) {
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slugs)).expect(200);
  }

  private void sends(RegisteredHost host, String listeners, String open) {
    String backend =
        open == null ? "none" : "nftables\",\"openUdp\":[],\"openTcp\":[" + open + "],\"x\":\"";
    String body =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"kernel.sysrq\":\"0\"},\"listeners\":["
            + listeners
            + "],\"firewall\":{\"backend\":\""
            + backend
            + "\"}}";
    portal
        .as(host)
        .post("/agent/v1/reports", "application/json", body.getBytes(StandardCharsets.UTF_8))
        .expect(202);
  }

  private Answer plan(Map<String, Object> more) {
    String names = String.join(",", cut.name(), safe.name(), silent.name());
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.put("name", "Closing");
    body.put("selector", "name in (" + names + ")");
    body.put("versions", Map.of(slug, 1));
    return operator.post("/api/v1/rollouts", body);
  }

  private long planned() {
    return plan(Map.of()).expect(201).json().get("id").longValue();
  }

  private Answer letThrough(long id, RegisteredHost host) {
    return operator.post(
        "/api/v1/rollouts/" + id + "/let-through",
        Map.of("hosts", List.of(host.name()), "reason", WHY));
  }

  private void start(long id) {
    operator.post("/api/v1/rollouts/" + id + "/start").expect(200);
  }

  private JsonNode progress(long id, RegisteredHost host) {
    for (JsonNode one :
        portal
            .as(Role.AUDITOR)
            .get("/api/v1/rollouts/" + id + "/hosts")
            .expect(200)
            .json()
            .get("items")) {
      if (one.get("host").textValue().equals(host.name())) {
        return one;
      }
    }
    throw new AssertionError(host.name() + " is not in rollout " + id);
  }

  private String state(long id, RegisteredHost host) {
    return progress(id, host).get("state").textValue();
  }

  private String reason(long id, RegisteredHost host) {
    return progress(id, host).get("reason").textValue();
  }

  @Test
  void whoWouldBeCutOffIsRefusedWithTheReasonWhileTheOthersProceed() {
    long id = planned();
    assertThat(state(id, cut)).isEqualTo("refused");
    assertThat(reason(id, cut))
        .contains(
            "port 2222/tcp closes",
            "services.openssh.openFirewall does that",
            "sshd listens on 0.0.0.0:2222",
            "Open port 2222 in networking.firewall.allowedTCPPorts");
    JsonNode lockOut = progress(id, cut).at("/lockOuts/0");
    assertThat(lockOut.get("setting").textValue()).isEqualTo("services.openssh.openFirewall");
    assertThat(lockOut.get("cure").textValue()).isNotBlank();
    assertThat(state(id, safe)).isEqualTo("planned");
    assertThat(reason(id, safe)).isEqualTo("Waits for the start.");
    assertThat(state(id, silent)).isEqualTo("planned");
    assertThat(reason(id, silent)).contains("is not known: no evidence yet");
    start(id);
    assertThat(state(id, cut)).isEqualTo("refused");
    assertThat(state(id, safe)).isEqualTo("offered");
    assertThat(state(id, silent)).isEqualTo("offered");
    portal.as(cut).get("/agent/v1/desired").expect(204);
    assertThat(letThrough(id, cut).expect(409).code()).isEqualTo("conflict");
  }

  @Test
  void anOperatorLetsItThroughAndTheJournalHasWhoAndWhyAndDespiteWhat() {
    long id = planned();
    letThrough(id, cut).expect(200);
    JsonNode let = progress(id, cut).get("letThrough");
    assertThat(let.get("by").textValue()).isEqualTo("operator");
    assertThat(let.get("reason").textValue()).isEqualTo(WHY);
    assertThat(let.at("/lockOuts/0/what").textValue()).contains("2222/tcp closes");
    start(id);
    assertThat(state(id, cut)).isEqualTo("offered");
    assertThat(progress(id, cut).at("/letThrough/reason").textValue()).isEqualTo(WHY);
    JsonNode act = act(id);
    assertThat(act.get("actor").toString()).contains("operator");
    assertThat(act.at("/detail/reason").textValue()).isEqualTo(WHY);
    assertThat(act.at("/detail/hosts/" + cut.name() + "/0").textValue())
        .contains("2222/tcp closes");
  }

  private JsonNode act(long id) {
    for (JsonNode entry :
        portal
            .as(Role.AUDITOR)
            .get("/api/v1/journal?act=rollout.let-through")
            .expect(200)
            .json()
            .get("items")) {
      if (entry.at("/detail/rollout").longValue() == id) {
        return entry;
      }
    }
    throw new AssertionError("Rollout " + id + " is not in the journal");
  }

  @Test
  void aPlanMayNameWhoIsLetThroughAtOnce() {
    Map<String, Object> despite = Map.of("hosts", List.of(cut.name()), "reason", WHY);
    long id = plan(Map.of("despiteLockOut", despite)).expect(201).json().get("id").longValue();
    assertThat(state(id, cut)).isEqualTo("planned");
    Answer wrong =
        plan(
            Map.of(
                "despiteLockOut",
                Map.of("hosts", List.of(cut.name(), safe.name(), "nobody"), "reason", WHY)));
    assertThat(wrong.expect(422).json().at("/errors/0/pointer").textValue())
        .isEqualTo("/despiteLockOut/hosts/1");
    assertThat(wrong.json().get("errors")).hasSize(2);
  }

  @Test
  void anotherLockOutThatEvidenceShowsBeforeTheStartIsRefusedAgain() {
    long id = planned();
    letThrough(id, cut).expect(200);
    sends(cut, SSHD + "," + VPN, null);
    start(id);
    assertThat(state(id, cut)).isEqualTo("refused");
    assertThat(reason(id, cut)).startsWith("This was not known when it was let through.");
    assertThat(progress(id, cut).at("/letThrough/by").textValue()).isEqualTo("operator");
    assertThat(progress(id, cut).get("lockOuts")).hasSize(2);
    assertThat(state(id, safe)).isEqualTo("offered");
  }

  @Test
  void theSameLockOutByNewerEvidenceStaysLetThrough() {
    long id = planned();
    letThrough(id, cut).expect(200);
    sends(cut, SSHD + "," + NGINX, "80,2222");
    start(id);
    assertThat(state(id, cut)).isEqualTo("offered");
  }

  @Test
  void aHostThatBecomesALockOutAfterThePlanIsNotOfferedAnything() {
    long id = planned();
    sends(safe, SSHD, "2222");
    sends(silent, SSHD, "2222");
    Answer answer = operator.post("/api/v1/rollouts/" + id + "/start").expect(409);
    assertThat(answer.code()).isEqualTo("nothing-to-do");
    assertThat(answer.json().get("detail").textValue()).contains("checked again");
    operator.post("/api/v1/rollouts/" + id + "/check").expect(200);
    assertThat(state(id, silent)).isEqualTo("refused");
    letThrough(id, silent).expect(200);
    start(id);
    assertThat(state(id, silent)).isEqualTo("offered");
    assertThat(state(id, safe)).isEqualTo("refused");
  }

  @Test
  void aPlanIsCheckedAgainOnceTheTroubleIsMended() {
    long id = planned();
    sends(cut, NGINX, "80");
    operator.post("/api/v1/rollouts/" + id + "/check").expect(200);
    assertThat(state(id, cut)).isEqualTo("planned");
    start(id);
    operator.post("/api/v1/rollouts/" + id + "/check").expect(409);
  }

  @Test
  void nothingElseIsLetThrough() {
    assign(silent);
    long id = planned();
    assertThat(reason(id, silent)).contains("has no profile");
    Answer other = letThrough(id, silent).expect(422);
    assertThat(other.json().at("/errors/0/pointer").textValue()).isEqualTo("/hosts/0");
    assertThat(other.json().get("detail").textValue()).contains("nobody can let through");
    assertThat(letThrough(id, safe).expect(422).json().get("detail").textValue())
        .contains("takes part");
    operator
        .post(
            "/api/v1/rollouts/" + id + "/let-through",
            Map.of("hosts", List.of(cut.name()), "reason", "\u200b \u2060"))
        .expect(422);
    assertThat(state(id, cut)).isEqualTo("refused");
  }

  @Test
  void theNextRolloutToTheHostSaysSoBeforehand() {
    JsonNode effective =
        portal.as(Role.VIEWER).get("/api/v1/hosts/" + cut.name() + "/effective").expect(200).json();
    assertThat(effective.get("refused").isNull()).isTrue();
    assertThat(effective.at("/lockOuts/0/what").textValue()).contains("2222/tcp closes");
  }

  @Test
  void theDatabaseTakesNobodyWithoutAPersonAndAReason() {
    long id = planned();
    Database database = Database.asApplication(portal);
    String row =
        " where rollout_id = "
            + id
            + " and host_id = (select id from fleet_host where name = '"
            + cut.name()
            + "')";
    String let =
        "update rollout_host set state = 'planned', let_through_at = now(), let_through_risks ="
            + " lock_outs, let_through_by = %s, let_through_reason = %s"
            + row;
    for (String change :
        List.of(
            let.formatted("null", "'Console'"),
            let.formatted("'operator'", "null"),
            let.formatted("'operator'", "'   '"))) {
      assertThatThrownBy(() -> database.tryOut(change))
          .hasMessageContaining("rollout_host_let_through_says_who_and_why");
    }
    assertThatThrownBy(() -> database.tryOut("update rollout_host set state = 'offered'" + row))
        .hasMessageContaining("rollout_host_locked_out_is_refused_or_let_through");
  }
}
