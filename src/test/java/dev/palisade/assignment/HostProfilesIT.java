package dev.palisade.assignment;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("browser")
class HostProfilesIT {

  private final Portal portal = Portal.running();

  @Test
  void anOperatorOrdersTheProfilesOfAHost() {
    RegisteredHost host = portal.host("ordered");
    String first = portal.draft("first", Map.of("net.ipv4.tcp_sack", 1));
    String second = portal.draft("second", Map.of("net.ipv4.tcp_sack", 0));
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", List.of(first))
        .expect(200);
    String name = portal.name("orders");
    portal.person(name, Role.OPERATOR);
    try (Browser browser = Browser.at(portal.anonymous().portal());
        Window window = browser.window()) {
      window.signIn(name, "the password of " + name);
      assertThat(window.button("Sign out")).isVisible();
      window.open("/fleet/detail?name=" + host.name());
      Locator assigned = window.page().locator("ol.ordered li b");
      window.page().getByLabel("Profile to add").selectOption(second);
      window.button("Add profile").click();
      assertThat(assigned).hasText(new String[] {first, second});
      window.button("Let " + first + " win over the next one").click();
      assertThat(assigned).hasText(new String[] {second, first});
      window.confirm(window.button("Take " + second + " from the host"));
      assertThat(assigned).hasText(new String[] {first});
      window.assertNoTrouble();
    }
  }
}
