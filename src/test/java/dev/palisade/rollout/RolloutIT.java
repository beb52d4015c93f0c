package dev.palisade.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rollout from its plan to its end. */
@Tag("portal")
class RolloutIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";

  private final Portal portal = Portal.running();
  private String slug;
  private RegisteredHost host;

  @BeforeEach
  void prepare() {
    slug = portal.approved("rolled", Map.of(COOKIES, 1, "kernel.sysrq", 0));
    host = portal.host("rolled");
  }

  @Test
  void goesFromOfferedOverFetchedToVerifiedAndEnds() {
    long id = portal.rollOut(host, slug);
    assertThat(hostState(id)).isEqualTo("offered");
    fetch();
    assertThat(hostState(id)).isEqualTo("fetched");
    send(COOKIES + " = 1\nkernel.sysrq = 0\n");
    assertThat(hostState(id)).isEqualTo("verified");
    assertThat(state(id)).isEqualTo("finished");
  }

  @Test
  void evidenceThatSaysNothingSettlesNothing() {
    long id = portal.rollOut(host, slug);
    fetch();
    send("kernel.hostname = x\n");
    assertThat(hostState(id)).isEqualTo("fetched");
    assertThat(state(id)).isEqualTo("running");
    send(COOKIES + " = 0\nkernel.sysrq = 0\n");
    assertThat(hostState(id)).isEqualTo("failing");
    assertThat(state(id)).isEqualTo("finished");
    send(COOKIES + " = 1\nkernel.sysrq = 0\n");
    assertThat(hostState(id)).isEqualTo("verified");
  }

  @Test
  void aDumpFromBeforeTheFetchIsOfWhatRanBefore() {
    portal.rollOut(host, slug);
    fetch();
    send(COOKIES + " = 1\nkernel.sysrq = 0\n");
    String next = portal.approved("next", Map.of(COOKIES, 2));
    long id = portal.rollOut(host, next);
    send(COOKIES + " = 1\nkernel.sysrq = 16\n");
    assertThat(hostState(id)).isEqualTo("offered");
    assertThat(verdict()).isEqualTo("not-deployed");
    fetch();
    send(COOKIES + " = 1\nkernel.sysrq = 17\n");
    assertThat(hostState(id)).isEqualTo("failing");
    assertThat(verdict()).isEqualTo("drifted");
  }

  @Test
  void aLaterRolloutSupersedesAnOpenOne() {
    long first = portal.rollOut(host, slug);
    long second = portal.rollOut(host, slug);
    assertThat(hostState(first)).isEqualTo("superseded");
    assertThat(state(first)).isEqualTo("finished");
    assertThat(hostState(second)).isEqualTo("offered");
  }

  @Test
  void aRolloutWithoutAHostThatCanTakePartDoesNotStart() {
    Caller operator = portal.as(Role.OPERATOR);
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug)).expect(200);
    long id =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    "Late",
                    "selector",
                    "name = " + host.name(),
                    "versions",
                    Map.of(slug, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of()).expect(200);
    assertThat(operator.post("/api/v1/rollouts/" + id + "/start").expect(409).code())
        .isEqualTo("nothing-to-do");
    assertThat(state(id)).isEqualTo("draft");
  }

  private void fetch() {
    portal
        .anonymous()
        .basic(host.name(), host.token())
        .get("/nix/hosts/" + host.name() + "/latest.tar.gz")
        .expect(200);
  }

  private void send(String dump) {
    portal
        .as(host)
        .post("/agent/v1/reports", "text/plain", dump.getBytes(StandardCharsets.UTF_8))
        .expect(202);
  }

  private String state(long id) {
    return read("/api/v1/rollouts/" + id).get("state").textValue();
  }

  private String hostState(long id) {
    return read("/api/v1/rollouts/" + id + "/hosts").at("/items/0/state").textValue();
  }

  private String verdict() {
    return read("/api/v1/findings?host=" + host.name() + "&key=" + COOKIES)
        .at("/items/0/verdict")
        .textValue();
  }

  private JsonNode read(String path) {
    return portal.as(Role.VIEWER).get(path).expect(200).json();
  }
}
