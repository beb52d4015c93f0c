package dev.palisade.rollout;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator, who reads why a host would be cut off and lets it through, or does not. */
@Tag("browser")
class LockOutPageIT {

  private static Portal portal;
  private static Browser browser;
  private static String slug;

  @BeforeAll
  static void open() {
    Tools.requireChromium();
    portal = Portal.running();
    browser = Browser.at(portal.address());
    slug =
        portal.approved(
            "closed", Map.of("services.openssh.openFirewall", false, "kernel.sysrq", 0));
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  private static RegisteredHost host(String prefix) {
    RegisteredHost host = portal.host(prefix);
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug))
        .expect(200);
    String body =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"kernel.sysrq\":\"0\"},"
            + "\"firewall\":{\"backend\":\"nftables\",\"openTcp\":[22]},\"listeners\":["
            + "{\"proto\":\"tcp\",\"address\":\"::\",\"port\":22,\"process\":\"sshd\"}]}";
    portal
        .as(host)
        .post("/agent/v1/reports", "application/json", body.getBytes(StandardCharsets.UTF_8))
        .expect(202);
    return host;
  }

  private static Window signedIn(String username) {
    Window window = browser.window();
    window.signIn(username, "the password of " + username);
    assertThat(window.button("Sign out")).isVisible();
    return window;
  }

  private static Locator messages(Window window) {
    return window.page().locator("#messages");
  }

  @Test
  void thePlanShowsWhoIsCutOffAndLetsOneThroughForAReason() {
    RegisteredHost first = host("first");
    RegisteredHost second = host("second");
    long id =
        portal
            .as(Role.OPERATOR)
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    "Cutting",
                    "selector",
                    "name in (" + first.name() + "," + second.name() + ")",
                    "versions",
                    Map.of(slug, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    try (Window window = signedIn("operator")) {
      window.open("/rollout/detail?id=" + id);
      assertThat(window.page().getByText("2 hosts would be cut off")).isVisible();
      window.confirm(window.button("Let " + first.name() + " through"));
      assertThat(messages(window)).containsText("Say why");
      Locator why = window.page().getByLabel("Why " + first.name() + " takes part");
      why.fill("A <script>alert(1)</script> console");
      window.confirm(window.button("Let " + first.name() + " through"));
      assertThat(messages(window)).containsText(first.name() + " takes part");
      assertThat(window.page().getByText("1 host would be cut off")).isVisible();
      assertThat(window.rows().filter(new Locator.FilterOptions().setHasText(first.name())))
          .containsText("A <script>alert(1)</script> console");
      window.button("Start").click();
      assertThat(messages(window)).containsText("has started");
      assertThat(window.page().getByText("This rollout has started without it")).isVisible();
      assertThat(window.button("Let " + second.name() + " through")).hasCount(0);
      window.assertNoTrouble();
    }
  }

  @Test
  void rollingOutNowShowsTheRefusalAndOffersToLetTheHostThrough() {
    RegisteredHost host = host("now");
    try (Window window = signedIn("operator")) {
      window.open("/fleet/detail?name=" + host.name());
      window.button("Roll out now").click();
      assertThat(messages(window)).containsText("Nothing was offered");
      assertThat(window.page().getByText("port 22/tcp closes")).isVisible();
      window.confirm(window.button("Let it through and roll out"));
      assertThat(messages(window)).containsText("Say why");
      window.page().getByLabel("Why " + host.name() + " takes part").fill("Serial console");
      window.confirm(window.button("Let it through and roll out"));
      assertThat(messages(window)).containsText("is offered to " + host.name());
      assertThat(window.rows()).containsText("Serial console");
      window.assertNoTrouble();
    }
  }

  @Test
  void aHostWithoutAProfileIsNotRolledOut() {
    RegisteredHost host = portal.host("bare");
    try (Window window = signedIn("operator")) {
      window.open("/fleet/detail?name=" + host.name());
      assertThat(window.page().getByText("Nothing to roll out: it has no profile.")).isVisible();
      assertThat(window.button("Roll out now")).hasCount(0);
      window.assertNoTrouble();
    }
  }

  @Test
  void whoDoesNotOperateReadsItAndHasNoButton() {
    RegisteredHost host = host("read");
    long id =
        portal
            .as(Role.OPERATOR)
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    "Read",
                    "selector",
                    "name = " + host.name(),
                    "versions",
                    Map.of(slug, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    try (Window window = signedIn("viewer")) {
      window.open("/rollout/detail?id=" + id);
      assertThat(window.page().getByText("1 host would be cut off")).isVisible();
      assertThat(window.button("Let " + host.name() + " through")).hasCount(0);
      assertThat(window.button("Check again")).hasCount(0);
      window.assertNoTrouble();
    }
  }

  @Test
  void aRegisteredHostGetsItsNetrcLineWithTheToken() {
    String name = portal.name("fresh");
    try (Window window = signedIn("operator")) {
      window.open("/fleet/register");
      window.page().getByLabel("Name").fill(name);
      window.button("Register").click();
      assertThat(window.page().getByText("login " + name + " password ").first()).isVisible();
      window.assertNoTrouble();
    }
  }
}
