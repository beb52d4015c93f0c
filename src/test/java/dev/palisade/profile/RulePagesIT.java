package dev.palisade.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A looser rule and an emergency, as two approvers see to them in their browsers. */
@Tag("browser")
class RulePagesIT {

  private final Portal portal = Portal.running();

  @Test
  void twoApproversAllowAnEmergencyAndOneUsesIt() {
    String slug = portal.submitted("urgent-page", Map.of("net.ipv4.tcp_syncookies", 1));
    portal
        .as(Role.AUTHOR)
        .patch("/api/v1/profiles/" + slug, Map.of("requiredApprovals", 2))
        .expect(200);
    String first = portal.name("first");
    String second = portal.name("second");
    portal.person(first, Role.APPROVER);
    portal.person(second, Role.APPROVER);
    String rule = "/profile/rule?slug=" + slug;
    String version = "/profile/version?slug=" + slug + "&number=1&tab=settings";
    try (Browser browser = Browser.at(portal.address());
        Window one = signedIn(browser, first);
        Window other = signedIn(browser, second)) {
      one.open(rule);
      assertThat(one.title()).hasText(slug + " asks for 2 approvals");
      one.page().getByLabel("Emergency, confirmed within hours").fill("24");
      one.page().getByLabel("Reason").fill("<b>#{7*7}</b> of us are on holiday.");
      one.button("Propose").click();
      assertThat(main(one)).containsText("You proposed it. Somebody else decides.");
      assertThat(main(one)).containsText("<b>#{7*7}</b> of us are on holiday.");
      assertThat(one.button("Approve the looser rule")).hasCount(0);

      other.open(rule);
      other.button("Approve the looser rule").click();
      assertThat(main(other))
          .containsText("in an emergency one for now, the others within 24 hours");

      one.open(version);
      assertThat(main(one)).containsText("0 of 2 approvals");
      one.page().getByLabel("Comment", exact()).fill("The exploit is out.");
      one.page().getByLabel("Emergency: approve alone now").check();
      one.button("Approve " + digest(slug)).click();
      assertThat(main(one)).containsText(slug + " v1 is approved in an emergency");
      assertThat(main(one)).containsText("1 of 2 approvals");
      one.assertNoTrouble();

      other.open("/");
      other.link("Confirm the emergency of " + slug + " v1").click();
      other.button("Approve " + digest(slug)).click();
      assertThat(main(other))
          .containsText(slug + " v1 is approved: your approval names its digest.");
      assertThat(main(other)).not().containsText("Rollouts refuse it");
      other.assertNoTrouble();
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

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private String digest(String slug) {
    return portal.read(slug).get("digest").textValue().substring(0, 12);
  }
}
