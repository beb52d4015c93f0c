package dev.palisade.fleet;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator gives a builder a token on the page, and takes it back there. */
@Tag("browser")
class DeliveryTokensPageIT {

  private static final String PAGE = "/fleet/delivery";

  @Test
  void aTokenIsShownOnceOpensItsHostsAndIsRevoked() {
    Tools.requireChromium();
    Portal portal = Portal.running();
    RegisteredHost host = portal.host("delivery-page");
    portal.rollOut(host, portal.approved("delivery-page", Map.of("kernel.sysrq", 0)));
    String name = portal.name("ci <script>alert(1)</script> #{7*7}");
    try (Browser browser = Browser.at(portal.address());
        Window window = browser.window()) {
      window.signIn(Role.OPERATOR.code(), "the password of operator");
      window.open(PAGE);
      Locator form = window.page().locator("form[id=create]");
      form.getByLabel("Name").fill(name);
      form.getByLabel("Selector").fill("name =");
      window.button("Create").click();
      assertThat(window.page().getByText("The selector cannot be read")).isVisible();
      assertThat(form.getByLabel("Name")).hasValue(name);

      form.getByLabel("Selector").fill("name = " + host.name());
      window.button("Create").click();
      String secret = window.page().locator("#secret pre").first().textContent();
      Caller builder = portal.anonymous().basic("anybody", secret);
      builder.get("/nix/fleet.tar.gz").expect(200);
      assertThat(window.rows().filter(new Locator.FilterOptions().setHasText(name))).hasCount(1);

      window.open(PAGE);
      assertThat(window.page().getByText(secret)).hasCount(0);
      window.link(name).click();
      window.confirm(window.button("Revoke"));
      assertThat(window.page().getByText(name + " opens nothing any more.")).isVisible();
      builder.get("/nix/fleet.tar.gz").expect(401);
      assertThat(window.rows().filter(new Locator.FilterOptions().setHasText(name)))
          .containsText("revoked by operator");
      window.open(PAGE + "?id=999999");
      assertThat(window.title()).hasText("There is nothing here");
    }
  }
}
