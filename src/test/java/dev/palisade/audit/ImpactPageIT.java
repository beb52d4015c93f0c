package dev.palisade.audit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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

/** The approver, who sees what a version does to hosts beside the decision. */
@Tag("browser")
class ImpactPageIT {

  private static Portal portal;
  private static Browser browser;

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

  private static RegisteredHost host(String prefix, String slug, String listeners) {
    RegisteredHost host = portal.host(prefix);
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug))
        .expect(200);
    String body =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"net.ipv4.tcp_syncookies\":\"0\"},"
            + "\"firewall\":{\"backend\":\"nftables\",\"openTcp\":[22]},\"listeners\":["
            + listeners
            + "]}";
    portal
        .as(host)
        .post("/agent/v1/reports", "application/json", body.getBytes(StandardCharsets.UTF_8))
        .expect(202);
    return host;
  }

  private static Window approver() {
    Window window = browser.window();
    window.signIn("approver", "the password of approver");
    assertThat(window.button("Sign out")).isVisible();
    return window;
  }

  private static void press(Window window, String key, int times) {
    for (int i = 0; i < times; i++) {
      window.page().keyboard().press(key);
    }
  }

  /** Walks on by the keyboard alone until the place has the focus. */
  private static void reach(Window window, Locator place) {
    for (int i = 0; i < 200; i++) {
      if ((boolean) place.evaluate("e => e === document.activeElement")) {
        return;
      }
      press(window, "Tab", 1);
    }
    throw new AssertionError("The keyboard does not reach " + place);
  }

  @Test
  void whoApprovesDespiteLockOutsSaysSoByKeyboardAlone() {
    String slug =
        portal.submitted(
            "page", Map.of("services.openssh.openFirewall", false, "net.ipv4.tcp_syncookies", 1));
    RegisteredHost cut =
        host(
            "cut", slug, "{\"proto\":\"tcp\",\"address\":\"::\",\"port\":22,\"process\":\"sshd\"}");
    host("safe", slug, "");
    try (Window window = approver()) {
      for (String tab : List.of("settings", "module", "changes", "impact")) {
        window.open("/profile/version?slug=" + slug + "&number=1&tab=" + tab);
        assertThat(heading(window, "It may lock people out of 1 of 2 hosts")).isVisible();
        assertThat(window.page().locator("section:has(#impact)"))
            .containsText("may be locked out 1");
        assertThat(window.button("Approve")).isVisible();
        assertThat(window.page().getByText("It may lock people out")).hasCount(1);
        assertThat(window.page().getByText("ssh would be cut off")).hasCount(1);
      }
      reach(window, window.button("Approve"));
      press(window, "Enter", 1);
      assertThat(window.page().locator("#messages")).containsText(cut.name());
      assertThat(portal.read(slug).get("state").textValue()).isEqualTo("in_review");
      reach(window, window.page().getByLabel("I have read the lockout risk"));
      press(window, "Space", 1);
      reach(window, window.button("Approve"));
      press(window, "Enter", 1);
      assertThat(window.page().locator("#messages")).containsText("is approved");
      assertThat(portal.read(slug).get("state").textValue()).isEqualTo("approved");
      window.assertNoTrouble();
    }
  }

  @Test
  void everyNumberLeadsToItsListAndNoTickIsShownWithoutRisks() {
    String slug = portal.submitted("quiet", Map.of("net.ipv4.tcp_syncookies", 1));
    RegisteredHost host = host("quiet", slug, "");
    try (Window window = approver()) {
      window.open("/profile/version?slug=" + slug + "&number=1");
      assertThat(heading(window, "It changes 1 of 1 host")).isVisible();
      assertThat(window.page().getByRole(AriaRole.CHECKBOX)).hasCount(0);
      window.page().locator("a.grp", new Page.LocatorOptions().setHasText("would change")).click();
      Locator found = window.page().locator("details.vgroup > summary");
      assertThat(found).hasCount(1);
      assertThat(found).containsText(host.name());
      reach(window, found);
      press(window, "Enter", 1);
      assertThat(window.page().locator("details.vgroup[open]")).containsText("Would run at");
      window.link("By setting").click();
      assertThat(heading(window, "Against what 1 host runs")).isVisible();
      window.page().getByRole(AriaRole.MAIN).locator("td.num a").first().click();
      assertThat(found).containsText(host.name());
      window.assertNoTrouble();
    }
  }

  private static Locator heading(Window window, String name) {
    return window
        .page()
        .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
