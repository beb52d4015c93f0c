package dev.palisade.fleet;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Tools;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator makes a token for new hosts on the page, and takes it back there. */
@Tag("browser")
class EnrolmentTokensPageIT {

  private static final String PAGE = "/fleet/enrolment";

  @Test
  void aTokenIsShownOnceLetsItsHostsInAndIsRevoked() {
    Tools.requireChromium();
    Portal portal = Portal.running();
    String role = portal.name("role");
    try (Browser browser = Browser.at(portal.address());
        Window window = browser.window()) {
      window.signIn(Role.OPERATOR.code(), "the password of operator");
      window.open(PAGE);
      window.page().locator("[id='create:labels']").fill("role");
      window.page().locator("[id='create:uses']").fill("2");
      window.button("Create").click();
      assertThat(window.page().getByText("Labels look like env=home role=server.")).isVisible();
      assertThat(window.page().locator("[id='create:uses']")).hasValue("2");

      window.page().locator("[id='create:labels']").fill("role=" + role);
      window.button("Create").click();
      String secret = window.page().locator("#secret pre").first().textContent();
      enrol(portal, secret).expect(201);
      window.open(PAGE);
      assertThat(window.page().getByText(secret)).hasCount(0);
      Locator row = window.rows().filter(new Locator.FilterOptions().setHasText("role=" + role));
      assertThat(row).containsText("1 of 2");
      row.getByRole(AriaRole.LINK).click();
      window.confirm(window.button("Revoke"));
      assertThat(window.page().getByText("lets nobody in any more.")).isVisible();
      assertThat(row).containsText("revoked");
      enrol(portal, secret).expect(401);
      window.open(PAGE + "?id=999999");
      assertThat(window.title()).hasText("There is nothing here");
    }
  }

  private static Answer enrol(Portal portal, String secret) {
    return portal
        .anonymous()
        .post("/agent/v1/enrol", Map.of("token", secret, "name", portal.name("enrolled")));
  }
}
