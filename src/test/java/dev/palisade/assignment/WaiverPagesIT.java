package dev.palisade.assignment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A waiver as an operator and an approver see to it in their browsers. */
@Tag("browser")
class WaiverPagesIT {

  private static final String SYSRQ = "kernel.sysrq";
  private static final String WHY = "<b>#{7*7}</b> the console needs it.";

  private final Portal portal = Portal.running();

  @Test
  void anOperatorAsksFromAFindingAndAnApproverDecides() {
    RegisteredHost host = portal.host("waived-page");
    portal.rollOut(host, portal.approved("waived-page", Map.of(SYSRQ, 0)));
    portal.fetch(host);
    portal
        .as(host)
        .post(
            "/agent/v1/reports",
            "text/plain",
            "kernel.sysrq = 438\n".getBytes(StandardCharsets.UTF_8))
        .expect(202);
    String operating = portal.name("operating");
    String deciding = portal.name("deciding");
    String looking = portal.name("looking");
    portal.person(operating, Role.OPERATOR, Role.APPROVER);
    portal.person(deciding, Role.APPROVER);
    portal.person(looking, Role.VIEWER);
    String page = "/fleet/detail?name=" + host.name();
    try (Browser browser = Browser.at(portal.address());
        Window operator = signedIn(browser, operating);
        Window approver = signedIn(browser, deciding);
        Window viewer = signedIn(browser, looking)) {
      operator.open(page);
      operator.link("Ask for a waiver").click();
      assertThat(operator.page().getByLabel("Host")).hasValue(host.name());
      assertThat(operator.page().getByLabel("Setting")).hasValue(SYSRQ);
      assertThat(operator.page().locator("#hostnames option[value='" + host.name() + "']"))
          .hasCount(1);
      assertThat(operator.page().getByLabel("Group")).hasValue("");
      assertThat(operator.page().locator(".present")).containsText("Drifted");
      operator.page().getByLabel("Reason").fill(WHY);
      operator.page().getByLabel("Days").fill("400");
      operator.button("Ask for the waiver").click();
      assertThat(main(operator)).containsText("within 366 days");
      assertThat(operator.page().getByLabel("Reason")).hasValue(WHY);
      operator.page().getByLabel("Days").fill("20");
      operator.button("Ask for the waiver").press("Enter");
      assertThat(operator.title()).hasText("Waiver of " + SYSRQ);
      assertThat(main(operator)).containsText(WHY);
      assertThat(main(operator)).containsText("You asked for it. Somebody else decides.");
      assertThat(operator.button("Approve the waiver")).hasCount(0);
      String waiver = operator.page().url();
      operator.open(page);
      assertThat(main(operator)).containsText("waits for a decision");
      assertThat(operator.link("Ask for a waiver")).hasCount(0);

      viewer.open(waiver);
      assertThat(main(viewer)).containsText("An approver who did not ask for it decides.");
      assertThat(main(viewer).getByRole(AriaRole.BUTTON)).hasCount(0);
      viewer.open("/assignment/request?host=" + host.name());
      assertThat(main(viewer)).containsText("needs the role operator");

      approver.open("/assignment/waivers?tab=requested");
      main(approver)
          .getByRole(AriaRole.ROW)
          .filter(new Locator.FilterOptions().setHasText(host.name()))
          .getByRole(AriaRole.LINK)
          .first()
          .click();
      assertThat(approver.page().locator("section:has(#decision) .present"))
          .containsText("wants 0, runs 438, on " + host.name());
      approver.page().getByLabel("Comment").fill("For now.");
      approver.button("Approve the waiver").click();
      assertThat(main(approver)).containsText("The waiver is approved and counts from now on.");
      assertThat(main(approver)).containsText("In force");
      approver.open("/audit/findings?host=" + host.name());
      assertThat(main(approver)).containsText("Waived until");
      assertThat(main(approver)).containsText(WHY);
      approver.open(page);
      assertThat(main(approver)).containsText("Waivers");

      operator.open(waiver);
      operator.confirm(operator.button("Revoke"));
      assertThat(main(operator)).containsText("The finding counts again as it is.");
      operator.open("/assignment/waivers?tab=ended");
      assertThat(main(operator)).containsText("Revoked");
      operator.open("/audit/findings?host=" + host.name());
      assertThat(main(operator)).containsText("Drifted");
      operator.assertNoTrouble();
      approver.assertNoTrouble();
      viewer.assertNoTrouble();
    }
  }

  private static Window signedIn(Browser browser, String name) {
    Window window = browser.window();
    window.signIn(name, "the password of " + name);
    window.button("Sign out").waitFor();
    return window;
  }

  private static Locator main(Window window) {
    return window.page().locator("#main");
  }
}
