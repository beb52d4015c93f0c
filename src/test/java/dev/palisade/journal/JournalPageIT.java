package dev.palisade.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Tools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("browser")
class JournalPageIT {

  private final Portal portal = Portal.running();

  @ParameterizedTest
  @ValueSource(strings = {"/journal/list", "/journal/list?from=no-day"})
  void isNotShownToWhoMayNotSeeRecordsWhateverTheyAskFor(String address) {
    Tools.requireChromium();
    try (Browser browser = Browser.at(portal.address());
        Window window = browser.window()) {
      window.signIn(Role.VIEWER.code(), "the password of viewer");
      assertThat(window.page().navigate(portal.address() + address).status()).isEqualTo(403);
      assertThat(window.title().textContent()).contains("You may not do this");
    }
  }
}
