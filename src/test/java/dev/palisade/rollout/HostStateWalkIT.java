package dev.palisade.rollout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One host from its offer to its evidence and back: every page says what the API says. */
@Tag("portal")
class HostStateWalkIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String SYSRQ = "kernel.sysrq";
  private static final String HOLDING = COOKIES + " = 1\n" + SYSRQ + " = 0\n";
  private static final String FAILING = COOKIES + " = 1\n" + SYSRQ + " = 17\n";

  private static Portal portal;
  private static Browser browser;

  private RegisteredHost host;
  private String slug;

  @BeforeAll
  static void open() {
    Tools.requireChromium();
    portal = Portal.running();
    browser = Browser.at(portal.address());
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @Test
  void everyPageSaysWhatTheApiSaysOnTheWay() {
    slug = portal.approved("walk", Map.of(COOKIES, 1, SYSRQ, 0));
    host = portal.host("walk");
    try (Window window = browser.window()) {
      window.signIn("operator", "the password of operator");
      assertThat(window.button("Sign out")).isVisible();

      give(List.of(slug));
      window.open("/profile/versions?slug=" + slug);
      assertThat(notice(window, slug + " v1 is approved and not rolled out."))
          .containsText("1 host was offered no version");
      window.open("/");
      assertThat(window.page().locator("section:has(#backlog)")).containsText(slug);
      window.open("/fleet/detail?name=" + host.name());
      assertThat(notice(window, slug + " v1 is approved")).isVisible();

      long first = portal.rollOut(host, slug);
      same(window, first, "offered", Map.of("unknown", 2L));

      send(FAILING);
      same(window, first, "offered", Map.of("compliant", 1L, "drifted", 1L));
      assertThat(why()).contains("never fetched the release").contains("rebuild the host");
      assertThat(why()).doesNotContain("explains");
      sendOfAgent("\"%s\":\"1\",\"%s\":\"1\"".formatted(COOKIES, SYSRQ));
      same(window, first, "offered", Map.of("compliant", 1L, "not-deployed", 1L));
      assertThat(why()).contains("has not fetched the release").contains("Rebuild the host");

      fetch();
      same(window, first, "fetched", Map.of("compliant", 1L, "not-deployed", 1L));
      send(HOLDING);
      same(window, first, "verified", Map.of("compliant", 2L));
      send(FAILING);
      same(window, first, "failing", Map.of("compliant", 1L, "drifted", 1L));

      long second = portal.rollOut(host, slug);
      same(window, second, "offered", Map.of("compliant", 1L, "drifted", 1L));
      send(FAILING);
      same(window, second, "failing", Map.of("compliant", 1L, "drifted", 1L));
      send(HOLDING);
      same(window, second, "verified", Map.of("compliant", 2L));
      assertThat(rollout(second).get("outcome").textValue()).isEqualTo("verified");

      give(List.of());
      window.open("/fleet/detail?name=" + host.name());
      assertThat(notice(window, "This host has no profile left.")).containsText(slug);
      window.open("/");
      assertThat(window.page().locator("section:has(#backlog)")).containsText(host.name());
      window.assertNoTrouble();
    }
  }

  @Test
  void hostGetsAReleaseWithoutAProfileThatWasTakenAway() {
    slug = portal.approved("stays", Map.of(COOKIES, 1));
    String goes = portal.approved("goes", Map.of(SYSRQ, 0));
    host = portal.host("taken");
    give(List.of(slug, goes));
    start(Map.of(slug, 1, goes, 1));
    assertThat(counts()).isEqualTo(Map.of("unknown", 2L));
    give(List.of(slug));
    try (Window window = browser.window()) {
      window.signIn("operator", "the password of operator");
      assertThat(window.button("Sign out")).isVisible();
      window.open("/fleet/detail?name=" + host.name());
      assertThat(notice(window, goes + " was taken from this host.")).isVisible();
      window.button("Roll out now").click();
      assertThat(window.page().getByText("The release is offered to")).isVisible();
      window.open("/fleet/detail?name=" + host.name());
      assertThat(notice(window, "was taken from this host.")).hasCount(0);
    }
    assertThat(counts()).isEqualTo(Map.of("unknown", 1L));
  }

  @Test
  void operatorPlansARolloutOfWhatWasApproved() {
    slug = portal.approved("planned", Map.of(COOKIES, 1));
    host = portal.host("planned");
    give(List.of(slug));
    try (Window window = browser.window()) {
      window.signIn("operator", "the password of operator");
      assertThat(window.button("Sign out")).isVisible();
      window.open("/profile/versions?slug=" + slug);
      window.link("Roll out…").click();
      assertThat(
              window
                  .page()
                  .getByLabel(
                      "Hosts",
                      new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true)))
          .hasValue("name in (" + host.name() + ")");
      window.button("Plan the rollout").click();
      assertThat(window.page().getByText("The rollout is planned.")).isVisible();
      window
          .page()
          .getByRole(
              com.microsoft.playwright.options.AriaRole.BUTTON,
              new com.microsoft.playwright.Page.GetByRoleOptions().setName("Start").setExact(true))
          .click();
      assertThat(window.page().getByText("The rollout has started.")).isVisible();
      window.open("/profile/versions?slug=" + slug);
      assertThat(notice(window, "is approved and not rolled out.")).hasCount(0);
    }
  }

  /** Compares each page that tells of the host with the API. */
  private void same(Window window, long rollout, String state, Map<String, Long> verdicts) {
    assertThat(counts()).isEqualTo(verdicts);
    assertThat(hostState(rollout)).isEqualTo(state);
    window.open("/fleet/detail?name=" + host.name());
    assertThat(window.title()).hasText(host.name());
    long failing = verdicts.getOrDefault("drifted", 0L);
    assertThat(window.page().getByText(failing + " failing", exact()))
        .hasCount(failing == 0 ? 0 : 1);
    window.open("/audit/findings?host=" + host.name());
    assertThat(window.title()).hasText("2 findings");
    verdicts.forEach(
        (verdict, count) -> {
          window.open("/audit/findings?host=" + host.name() + "&verdict=" + verdict);
          assertThat(window.title()).hasText(count + (count == 1 ? " finding" : " findings"));
        });
    window.open("/rollout/detail?id=" + rollout);
    assertThat(window.rows().filter(having(host.name()))).containsText(word(state));
    window.open("/");
    JsonNode compliance = read("/api/v1/compliance");
    for (String group : List.of("failing", "waiting", "not-known", "holding")) {
      long hosts = compliance.at("/hosts/" + group).asLong();
      assertThat(window.page().locator("a.stat[href$='group=" + group + "'] .value"))
          .containsText(String.valueOf(hosts));
    }
    window.open("/profile/versions?slug=" + slug);
    assertThat(notice(window, "is approved and not rolled out.")).hasCount(0);
    assertThat(read("/api/v1/hosts/" + host.name()).get("state").textValue()).isEqualTo("accepted");
  }

  private static String word(String state) {
    return state.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + state.substring(1);
  }

  private static com.microsoft.playwright.Page.GetByTextOptions exact() {
    return new com.microsoft.playwright.Page.GetByTextOptions().setExact(true);
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator notice(Window window, String text) {
    return window.page().locator(".msg").filter(having(text));
  }

  private void give(List<String> profiles) {
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", profiles)
        .expect(200);
  }

  private void start(Map<String, Integer> versions) {
    Caller operator = portal.as(Role.OPERATOR);
    Map<String, Object> body =
        Map.of("name", "Both", "selector", "name = " + host.name(), "versions", versions);
    long id = operator.post("/api/v1/rollouts", body).expect(201).json().get("id").longValue();
    operator.post("/api/v1/rollouts/" + id + "/start").expect(200);
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

  /** Evidence that would name a release if the host had one. */
  private void sendOfAgent(String sysctl) {
    String evidence = "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{" + sysctl + "}}";
    portal
        .as(host)
        .post("/agent/v1/reports", "application/json", evidence.getBytes(StandardCharsets.UTF_8))
        .expect(202);
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    read("/api/v1/findings?host=" + host.name())
        .get("items")
        .forEach(item -> counts.merge(item.get("verdict").textValue(), 1L, Long::sum));
    return counts;
  }

  private String why() {
    return read("/api/v1/findings?host=" + host.name() + "&key=" + SYSRQ)
        .at("/items/0/why")
        .textValue();
  }

  private String hostState(long rollout) {
    return read("/api/v1/rollouts/" + rollout + "/hosts").at("/items/0/state").textValue();
  }

  private JsonNode rollout(long id) {
    return read("/api/v1/rollouts/" + id);
  }

  private static JsonNode read(String path) {
    return portal.as(Role.VIEWER).get(path).expect(200).json();
  }
}
