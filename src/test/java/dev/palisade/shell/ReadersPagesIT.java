package dev.palisade.shell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Readers of the dashboard, the catalog, the journal and the snippets of a host. */
@Tag("browser")
class ReadersPagesIT {

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

  private static Window signedIn(String username) {
    Window window = browser.window();
    window.signIn(username, "the password of " + username);
    assertThat(window.button("Sign out")).isVisible();
    return window;
  }

  private static Locator inbox(Window window) {
    window.open("/");
    return window.page().locator("section:has(#inbox)");
  }

  @Test
  void theDashboardShowsWhatWaitsForTheReader() {
    String slug = portal.submitted("waits", Map.of("kernel.sysrq", 0));
    portal.draft("mine", Map.of());
    String review = "Review " + slug + " v1";
    try (Window approver = signedIn(Role.APPROVER.code());
        Window viewer = signedIn(Role.VIEWER.code());
        Window author = signedIn(Role.AUTHOR.code())) {
      assertThat(inbox(approver).locator(":scope > .body > ul")).containsText(review);
      assertThat(inbox(viewer)).containsText("Nothing waits for you.");
      assertThat(inbox(viewer).locator("details")).containsText(review);
      assertThat(viewer.page().getByText(review)).not().isVisible();
      assertThat(inbox(author).locator("details")).containsText(review);
      assertThat(inbox(author)).containsText(Pattern.compile("Finish .* v1|more drafts? of yours"));
    }
  }

  @Test
  void theCatalogFoldsAndItsLinksOpenAFamily() {
    try (Window viewer = signedIn(Role.VIEWER.code())) {
      viewer.open("/catalog/list");
      Locator open = viewer.page().locator("details.fold[open]");
      assertThat(open).hasCount(0);
      viewer.page().locator(".jumps a", new Page.LocatorOptions().setHasText("OpenSSH")).click();
      assertThat(open).hasCount(1);
      assertThat(open).containsText("services.openssh.enable");
      viewer.open("/catalog/list?q=rp_filter");
      assertThat(viewer.page().locator("details.fold:not([open])")).hasCount(0);
      assertThat(viewer.rows().first()).isVisible();
      viewer.assertNoTrouble();
    }
  }

  @Test
  void theJournalNamesActsAndLinksTheirObjects() {
    String slug = portal.approved("told", Map.of("kernel.sysrq", 0));
    try (Window auditor = signedIn(Role.OPERATOR.code())) {
      auditor.open("/journal/list?act=version.approved&object=" + slug + "%20v1");
      assertThat(auditor.rows()).hasCount(1);
      assertThat(auditor.rows().first()).containsText("Approved");
      assertThat(auditor.page().getByRole(AriaRole.MAIN).locator("table"))
          .not()
          .containsText("version.approved");
      auditor.link(slug + " v1").click();
      assertThat(auditor.title()).hasText(slug + " v1");
      auditor.open("/journal/list?actor=operator");
      assertThat(auditor.rows().filter(text("Signed in")).first()).isVisible();
      auditor.page().getByLabel("hide sign-ins").check();
      auditor.button("Search").click();
      assertThat(auditor.page()).hasURL(Pattern.compile("signins=hidden"));
      assertThat(auditor.rows().filter(text("Signed in"))).hasCount(0);
      assertThat(auditor.page().getByLabel("hide sign-ins")).isChecked();
      auditor.assertNoTrouble();
    }
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void snippetsWarnOfALoopbackAddressAndNameTheirPlaces() {
    RegisteredHost host = portal.host("snippets");
    portal.rollOut(host, portal.approved("snippets", Map.of("kernel.sysrq", 0)));
    try (Window operator = signedIn(Role.OPERATOR.code())) {
      operator.open("/fleet/detail?name=" + host.name());
      Locator module = operator.page().locator("section:has(#module)");
      assertThat(module).containsText("These addresses work on this machine only.");
      assertThat(module.locator(".code").filter(text("flake.nix, inputs")).first())
          .containsText("inputs.hardening.url");
      assertThat(module.locator(".code").filter(text("flake.nix, outputs")).first())
          .containsText("inputs.hardening.nixosModules.default");
    }
  }
}
