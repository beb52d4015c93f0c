package dev.palisade.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Tools;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Authors at work in the editor. */
@Tag("browser")
class EditorIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String SACK = "net.ipv4.tcp_sack";

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

  @Test
  void anAuthorBeginsAProfileFillsItAndSubmitsIt() {
    String slug = portal.name("begun");
    Window author = signedIn("author");
    author.open("/profile/list");
    author.link("Begin a profile").click();
    author.page().getByLabel("Slug").fill(slug);
    author.page().getByLabel("Name").fill("Begun by hand");
    author.button("Begin it").click();
    assertThat(author.title()).hasText("Edit " + slug + " v1");

    author.link("TCP").click();
    author.button("Add " + COOKIES).click();
    choose(author, COOKIES, "2");
    saved(author, COOKIES);
    author.button("Add " + SACK).click();
    row(author, SACK).getByLabel("Reason").fill("“Why” <b>not</b> #{7*7}?");
    row(author, SACK).getByLabel("Reason").press("Tab");
    saved(author, SACK);

    author.link("Firewall").click();
    author.button("Add networking.firewall.allowedTCPPorts").click();
    Locator ports = row(author, "networking.firewall.allowedTCPPorts");
    type(ports, "80 443 70000");
    assertThat(ports).containsText("element 3 is “70000”");
    assertThat(value(ports)).hasValue("80 443 70000");
    type(ports, "80 443");
    saved(author, "networking.firewall.allowedTCPPorts");

    author.link("Read it as a whole").click();
    assertThat(author.rows()).hasCount(3);
    author.button("Submit for review").click();
    assertThat(author.title()).hasText("Review " + slug + " v1");
    author.assertNoTrouble();
    author.close();

    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("in_review");
    assertThat(portal.read(slug).at("/settings/0/reason").textValue())
        .isEqualTo("“Why” <b>not</b> #{7*7}?");
    assertThat(portal.read(slug).at("/settings/2/value").toString()).isEqualTo("[80,443]");
  }

  @Test
  void twoAuthorsOfOneDraftLoseNothingSilently() {
    String slug = portal.draft("shared-draft", Map.of(COOKIES, 1, SACK, 1));
    Window first = signedIn("author");
    Window second = signedIn(another());
    for (Window window : new Window[] {first, second}) {
      window.open("/profile/edit?slug=" + slug + "&number=1&family=TCP");
    }
    choose(first, COOKIES, "2");
    saved(first, COOKIES);
    choose(second, SACK, "0");
    saved(second, SACK);
    choose(second, COOKIES, "0");
    assertThat(row(second, COOKIES)).containsText("Somebody set it to 2 in the meantime.");
    assertThat(portal.read(slug).at("/settings/1/value").intValue()).isEqualTo(2);
    choose(second, COOKIES, "1");
    saved(second, COOKIES);
    assertThat(portal.read(slug).at("/settings/1/value").intValue()).isEqualTo(1);
    assertThat(portal.read(slug).at("/settings/0/value").intValue()).isZero();
    first.assertNoTrouble();
    second.assertNoTrouble();
    first.close();
    second.close();
  }

  @Test
  void theEditorSaysWhatIsKnownAboutAValue() {
    String slug = portal.draft("advised", Map.of("net.ipv4.conf.all.rp_filter", 1));
    Window author = signedIn("author");
    author.open("/profile/edit?slug=" + slug + "&number=1&family=IPv4+interfaces");
    Locator filter = row(author, "net.ipv4.conf.all.rp_filter");
    assertThat(filter).containsText("systemd");
    author.link("Add net.ipv4.conf.*.rp_filter").click();
    author.button("Add net.ipv4.conf.*.rp_filter").click();
    assertThat(author.button("Take net.ipv4.conf.*.rp_filter out")).isVisible();
    author.button("Take net.ipv4.conf.*.rp_filter out").click();
    assertThat(author.button("Add net.ipv4.conf.*.rp_filter")).isVisible();
    author.assertNoTrouble();
    author.close();
  }

  @Test
  void aDecisionOnStaleContentShowsTheContentAnew() {
    String slug = portal.submitted("stale", Map.of(COOKIES, 1));
    Window approver = signedIn("approver");
    approver.open("/profile/version?slug=" + slug + "&number=1");
    String before = portal.read(slug).get("digest").textValue().substring(0, 12);
    assertThat(approver.button("Approve " + before)).isVisible();
    portal.as(Role.AUTHOR).post(Portal.version(slug) + "/withdraw").expect(200);
    portal
        .as(Role.AUTHOR)
        .put(Portal.version(slug) + "/settings", Portal.entries(Map.of(COOKIES, 0)))
        .expect(200);
    portal.as(Role.AUTHOR).post(Portal.version(slug) + "/submit").expect(200);
    approver.button("Approve " + before).click();
    assertThat(approver.page().getByRole(AriaRole.ALERT)).containsText("Read it again.");
    assertThat(approver.title()).hasText("Review " + slug + " v1");
    String after = portal.read(slug).get("digest").textValue().substring(0, 12);
    approver.button("Approve " + after).click();
    assertThat(approver.page().getByRole(AriaRole.ALERT)).containsText("is approved");
    approver.assertNoTrouble();
    approver.close();
  }

  @Test
  void whoMayNotAuthorCannotChangeADraft() {
    String slug = portal.draft("guarded", Map.of(COOKIES, 1));
    Window viewer = signedIn("viewer");
    viewer.open("/profile/version?slug=" + slug + "&number=1");
    assertThat(viewer.button("Submit for review")).hasCount(0);
    viewer.open("/profile/edit?slug=" + slug + "&number=1&family=TCP");
    choose(viewer, COOKIES, "0");
    assertThat(row(viewer, COOKIES)).containsText("permission to write profiles");
    assertThat(portal.read(slug).at("/settings/0/value").intValue()).isEqualTo(1);
    viewer.close();
  }

  private static Window signedIn(String username) {
    Window window = browser.window();
    window.signIn(username, "the password of " + username);
    assertThat(window.button("Sign out")).isVisible();
    return window;
  }

  private static String another() {
    String name = portal.name("author");
    portal.person(name, Role.AUTHOR);
    return name;
  }

  private static Locator row(Window window, String key) {
    return window
        .page()
        .getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName(key).setExact(true));
  }

  private static Locator value(Locator row) {
    return row.getByRole(AriaRole.TEXTBOX).first();
  }

  private static void type(Locator row, String text) {
    value(row).fill(text);
    value(row).press("Tab");
  }

  private static void choose(Window window, String key, String value) {
    row(window, key)
        .getByRole(
            AriaRole.RADIO,
            new Locator.GetByRoleOptions().setName(Pattern.compile("^" + value + "\\b")))
        .first()
        .click();
  }

  private static void saved(Window window, String key) {
    assertThat(row(window, key).getByRole(AriaRole.STATUS)).hasText("saved");
  }
}
