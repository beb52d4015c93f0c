package dev.palisade.shell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every page does alike: it asks before it takes away, and loses neither text nor tokens. */
@Tag("browser")
class PageBehaviourIT {

  private static Portal portal;
  private static Browser browser;

  @BeforeAll
  static void open() {
    portal = Portal.running();
    browser = Browser.at(portal.address());
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  private static Window signedIn(Role role) {
    String name = portal.name(role.code());
    portal.person(name, role);
    Window window = browser.window();
    window.signIn(name, "the password of " + name);
    window.button("Sign out").waitFor();
    return window;
  }

  @Test
  void removingAGroupAsksWithItsCountAndCancelIsFirst() {
    String slug = portal.name("asked");
    portal
        .as(Role.OPERATOR)
        .post(
            "/api/v1/groups", Map.of("slug", slug, "name", slug, "selector", "name = no-such-host"))
        .expect(201);
    try (Window window = signedIn(Role.OPERATOR)) {
      window.open("/fleet/groups?slug=" + slug);
      Locator question = window.page().locator("#confirm");
      window.button("Remove").click();
      assertThat(question).containsText("Remove the group " + slug + "?");
      assertThat(question).containsText("It picks 0 hosts now.");
      assertThat(question.locator("[data-confirm-no]")).isFocused();
      window.page().keyboard().press("Enter");
      assertThat(question).isHidden();
      assertThat(window.button("Remove")).isFocused();

      window.page().keyboard().press("Enter");
      window.page().keyboard().press("Escape");
      assertThat(question).isHidden();

      window.confirm(window.button("Remove"));
      assertThat(window.page().locator("#messages")).containsText(slug + " is gone.");
      window.assertNoTrouble();
    }
  }

  @Test
  void tokenStaysOnTopInFocusUntilItIsDismissed() {
    try (Window window = signedIn(Role.OPERATOR)) {
      window.open("/fleet/register");
      window.page().getByLabel("Name").fill(portal.name("once"));
      window.button("Register").click();
      Locator secret = window.page().locator(".page-banner #secret");
      assertThat(secret).containsText("This is the only time the token is shown.");
      assertThat(secret).isFocused();
      window.button("I have stored it, hide it").click();
      assertThat(secret).hasCount(0);
      window.assertNoTrouble();
    }
  }

  @Test
  void typedTextIsAskedAboutBeforeThePageIsLeft() {
    try (Window window = signedIn(Role.AUTHOR)) {
      window.open("/profile/create");
      window.page().getByLabel("Description").pressSequentially("Half a sentence");
      window.page().onceDialog(dialog -> dialog.dismiss());
      window.link("Catalog").dispatchEvent("click");
      assertThat(window.title()).hasText("Begin a profile");
      assertThat(window.page().getByLabel("Description")).hasValue("Half a sentence");
    }
  }

  @Test
  void textComesBackAfterTheSessionEnded() {
    String name = portal.name("lost");
    portal.person(name, Role.AUTHOR);
    try (Window window = browser.window()) {
      window.signIn(name, "the password of " + name);
      window.button("Sign out").waitFor();
      window.open("/profile/create");
      window.page().getByLabel("Slug").fill(portal.name("kept"));
      window.page().getByLabel("Name").fill("Kept");
      window.page().getByLabel("Description").fill("A long text: “why” #{7*7}");
      window.page().context().clearCookies();
      window.button("Begin it").click();
      assertThat(window.title()).hasText("Sign in");
      window.enter(name, "the password of " + name);
      assertThat(window.title()).hasText("Begin a profile");
      assertThat(window.page().getByLabel("Description")).hasValue("A long text: “why” #{7*7}");
      assertThat(window.page().locator("#kept")).containsText("not saved yet");
      window.button("Begin it").click();
      assertThat(window.title()).not().hasText("Begin a profile");
      assertThat((String) window.page().evaluate("() => JSON.stringify(sessionStorage)"))
          .doesNotContain("A long text");
    }
  }

  @Test
  void passwordsAreNeverKept() {
    try (Window window = signedIn(Role.ADMINISTRATOR)) {
      window.open("/account/list");
      window.page().getByLabel("Username").fill("x");
      window.page().getByLabel("Password").fill("a secret of nobody");
      window.page().context().clearCookies();
      window.button("Create").click();
      assertThat(window.title()).hasText("Sign in");
      String kept = (String) window.page().evaluate("() => JSON.stringify(sessionStorage)");
      assertThat(kept).contains("create:username").doesNotContain("a secret of nobody");
    }
  }

  @Test
  void wrongAddressesNameTheFieldAndKeepTheNavigation() {
    try (Window window = signedIn(Role.VIEWER)) {
      for (String address :
          new String[] {
            "/audit/findings?group=bogus",
            "/audit/findings?verdict=bogus",
            "/fleet/list?group=bogus",
            "/fleet/list?selector=env+%3D",
            "/assignment/waivers?tab=bogus"
          }) {
        assertThat(window.page().navigate(address).status()).as(address).isEqualTo(422);
        assertThat(window.title()).hasText("This address cannot be answered");
        assertThat(window.page().locator("dl code")).hasText(address.replaceAll(".*\\?|=.*", ""));
        assertThat(window.link("Groups")).isVisible();
      }
      assertThat(window.page().navigate("/no/such/page").status()).isEqualTo(404);
      assertThat(window.page().navigate("/rollout/create").status()).isEqualTo(404);
      assertThat(window.link("Dashboard")).isVisible();
      assertThat(window.page().navigate("/error/expired").status()).isEqualTo(200);
      assertThat(window.link("Dashboard")).isVisible();
    }
  }

  @Test
  void apiNamesTheGroupThatThereIsNot() {
    Answer refused = portal.as(Role.VIEWER).get("/api/v1/findings?group=bogus").expect(422);
    assertThat(refused.json().toString()).contains("/group", "failing");
    portal.as(Role.VIEWER).get("/api/v1/findings?group=failing&verdict=drifted").expect(422);
    portal.as(Role.VIEWER).get("/api/v1/findings?group=failing").expect(200);
  }

  @Test
  void findingsOpenOnWhatFailsWithAWayToAll() {
    try (Window window = signedIn(Role.VIEWER)) {
      window.open("/audit/findings");
      assertThat(window.title()).containsText(Pattern.compile("findings? fails?$"));
      main(window).getByText("in all").click();
      assertThat(window.page()).hasURL(Pattern.compile("group=all"));
      assertThat(window.title()).hasText(Pattern.compile("\\d+ findings?"));
    }
  }

  @Test
  void viewerIsOfferedNothingThatAViewerMayNotDo() {
    try (Window window = signedIn(Role.VIEWER)) {
      for (String address :
          new String[] {"/profile/create", "/profile/import", "/fleet/register", "/fleet/groups"}) {
        window.open(address);
        assertThat(main(window).locator("form[method=post]")).hasCount(0);
      }
      for (String address : new String[] {"/", "/profile/list", "/fleet/list", "/rollout/list"}) {
        window.open(address);
        assertThat(
                main(window)
                    .getByText(Pattern.compile("Register a host|Begin a profile|Go to the hosts")))
            .hasCount(0);
      }
    }
  }

  private static Locator main(Window window) {
    return window.page().locator("#main");
  }
}
