package dev.palisade.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Tools;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Authors at work in the editor. */
@Tag("browser")
class EditorIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String SACK = "net.ipv4.tcp_sack";
  private static final String PORTS = "networking.firewall.allowedTCPPorts";
  private static final String GLOB = "net.ipv4.conf.*.rp_filter";

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
    EditorPage editor = signedIn("author");
    Window author = editor.window();
    author.open("/profile/list");
    author.link("Begin a profile").click();
    author.page().getByLabel("Slug").fill(slug);
    author.page().getByLabel("Name").fill("Begun by hand");
    author.button("Begin it").click();
    assertThat(author.title()).hasText("Edit " + slug + " v1");

    author.link("TCP").click();
    author.button("Add " + COOKIES).click();
    editor.choose(COOKIES, "2");
    editor.saved(COOKIES);
    author.button("Add " + SACK).click();
    editor.reason(SACK, "“Why” <b>not</b> #{7*7}?");
    editor.saved(SACK);

    author.link("Firewall").click();
    author.button("Add " + PORTS).click();
    editor.type(PORTS, "80 443 70000");
    assertThat(editor.row(PORTS)).containsText("element 3 is “70000”");
    assertThat(editor.row(PORTS).getByLabel("Value of " + PORTS)).hasValue("80 443 70000");
    editor.type(PORTS, "80 443");
    editor.saved(PORTS);

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
  void reasonsFoldUntilTheyHaveText() {
    String slug = portal.draft("folded", Map.of(COOKIES, 1));
    EditorPage editor = signedIn("author");
    editor.open(slug, "&family=TCP");
    Locator reason = editor.row(COOKIES).getByLabel("Reason");
    assertThat(reason).not().isVisible();
    editor.reason(COOKIES, "Floods are met with cookies.");
    editor.saved(COOKIES);
    editor.open(slug, "&family=TCP");
    assertThat(reason).isVisible();
    assertThat(reason).hasValue("Floods are met with cookies.");
  }

  @Test
  void choicesAreOneBelowTheOther() {
    String slug = portal.draft("listed-choices", Map.of(COOKIES, 1));
    EditorPage editor = signedIn("author");
    editor.open(slug, "&family=TCP");
    List<Locator> choices = editor.row(COOKIES).getByRole(AriaRole.RADIO).all();
    assertThat(choices).hasSize(3);
    for (int i = 1; i < choices.size(); i++) {
      assertThat(choices.get(i).boundingBox().x).isEqualTo(choices.get(0).boundingBox().x);
      assertThat(choices.get(i).boundingBox().y)
          .isGreaterThan(choices.get(i - 1).boundingBox().y + 20);
    }
  }

  @Test
  void twoAuthorsOfOneDraftSeeBothSides() {
    String slug = portal.draft("shared-draft", Map.of(COOKIES, 1, SACK, 1));
    EditorPage first = signedIn("author");
    EditorPage second = another();
    first.open(slug, "&family=TCP");
    second.open(slug, "&family=TCP");
    first.choose(COOKIES, "2");
    first.saved(COOKIES);
    second.choose(SACK, "0");
    second.saved(SACK);
    second.choose(COOKIES, "0");
    assertThat(second.row(COOKIES)).containsText("author was faster");
    assertThat(second.row(COOKIES).getByRole(AriaRole.DEFINITION)).hasText(new String[] {"2", "0"});
    assertThat(portal.read(slug).at("/settings/1/value").intValue()).isEqualTo(2);
    second.row(COOKIES).getByText("Keep mine").click();
    second.saved(COOKIES);
    assertThat(portal.read(slug).at("/settings/1/value").intValue()).isZero();

    first.reason(COOKIES, "as it was");
    assertThat(first.row(COOKIES)).containsText("was faster");
    first.window().confirm(first.row(COOKIES).getByText("Take theirs"));
    assertThat(first.row(COOKIES).getByLabel("Reason")).hasValue("");
    first.choose(COOKIES, "1");
    first.saved(COOKIES);
    assertThat(portal.read(slug).at("/settings/1/value").intValue()).isEqualTo(1);
    assertThat(portal.read(slug).at("/settings/0/value").intValue()).isZero();

    second.window().confirm(second.window().button("Take " + COOKIES + " out"));
    assertThat(second.window().page().getByRole(AriaRole.ALERT))
        .containsText("Somebody set it to 1 in the meantime.");
    assertThat(portal.read(slug).get("settings")).hasSize(2);
    for (EditorPage editor : List.of(first, second)) {
      editor.window().assertNoTrouble();
      editor.close();
    }
  }

  /** The rows below move up, and the one whose field is left is not there any more. */
  @Test
  void aSettingThatSomebodyTakesOutMeanwhileIsNotLost() {
    String slug = portal.draft("moved", Map.of(COOKIES, 1, SACK, 1, "kernel.sysrq", 0));
    EditorPage editor = signedIn("author");
    editor.open(slug, "&view=draft");
    portal
        .as(Role.AUTHOR)
        .put(Portal.version(slug) + "/settings", Portal.entries(Map.of("kernel.sysrq", 16)))
        .expect(200);
    editor.reason(COOKIES, "still wanted");
    assertThat(editor.row(COOKIES)).containsText("taken out");
    editor.row(COOKIES).getByText("Keep mine").click();
    editor.saved(COOKIES);
    editor.type("kernel.sysrq", "4");
    assertThat(editor.row("kernel.sysrq").getByRole(AriaRole.DEFINITION))
        .hasText(new String[] {"16", "4"});
    editor.window().confirm(editor.row("kernel.sysrq").getByText("Take theirs"));
    assertThat(editor.row("kernel.sysrq").getByLabel("Value of kernel.sysrq")).hasValue("16");
    editor.window().assertNoTrouble();
    editor.close();
    assertThat(portal.read(slug).get("settings")).hasSize(2);
    assertThat(portal.read(slug).at("/settings/1/reason").textValue()).isEqualTo("still wanted");
  }

  @Test
  void theEditorSaysWhatIsKnownAboutAValueAndAddsTheKeyThatHelps() {
    String slug = portal.draft("advised", Map.of("net.ipv4.conf.all.rp_filter", 1));
    EditorPage editor = signedIn("author");
    editor.open(slug, "&family=IPv4+interfaces");
    assertThat(editor.row("net.ipv4.conf.all.rp_filter")).containsText("systemd");
    editor.row("net.ipv4.conf.all.rp_filter").getByText("Add " + GLOB).click();
    assertThat(editor.window().button("Take " + GLOB + " out")).isVisible();
    assertThat(portal.read(slug).at("/settings/0/value").intValue()).isEqualTo(1);
    editor.choose("net.ipv4.conf.all.rp_filter", "2");
    editor.saved("net.ipv4.conf.all.rp_filter");
    editor.open(slug, "&view=check");
    assertThat(editor.row(GLOB)).containsText("Outweighed by net.ipv4.conf.all.rp_filter = 2");
    editor.window().confirm(editor.window().button("Take " + GLOB + " out"));
    assertThat(editor.window().button("Take " + GLOB + " out")).hasCount(0);
    editor.window().assertNoTrouble();
    editor.close();
  }

  @Test
  void aDecisionOnStaleContentShowsTheContentAnew() {
    String slug = portal.submitted("stale", Map.of(COOKIES, 1));
    Window approver = signedIn("approver").window();
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
    EditorPage viewer = signedIn("viewer");
    viewer.window().open("/profile/version?slug=" + slug + "&number=1");
    assertThat(viewer.window().button("Submit for review")).hasCount(0);
    viewer.open(slug, "&family=TCP");
    assertThat(viewer.window().button("Submit for review")).hasCount(0);
    viewer.choose(COOKIES, "0");
    assertThat(viewer.row(COOKIES)).containsText("permission to write profiles");
    assertThat(portal.read(slug).at("/settings/0/value").intValue()).isEqualTo(1);
    viewer.close();
  }

  private static EditorPage signedIn(String username) {
    return EditorPage.signedIn(browser, username);
  }

  private static EditorPage another() {
    String name = portal.name("author");
    portal.person(name, Role.AUTHOR);
    return signedIn(name);
  }
}
