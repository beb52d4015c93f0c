package dev.palisade.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Tools;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reviewers at work on the page of a version. */
@Tag("browser")
class ReviewIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String SACK = "net.ipv4.tcp_sack";
  private static final String CUSTOM = "net.mine.own_thing";
  private static final String MGMT_PORTS = "networking.firewall.interfaces.${mgmt}.allowedTCPPorts";
  private static final int MOST_STEPS = 300;
  private static final int PHONE = 360;

  private static Portal portal;
  private static Browser browser;
  private static Caller author;

  @BeforeAll
  static void open() {
    Tools.requireChromium();
    portal = Portal.running();
    author = portal.as(Role.AUTHOR);
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

  private static String page(String slug, int number, String tab) {
    return "/profile/version?slug=" + slug + "&number=" + number + "&tab=" + tab;
  }

  /**
   * A draft with a setting of its own, a mandatory one and parameters, over an approved version.
   */
  private static String everyKind() {
    String base = portal.approved("bottom", Map.of("kernel.sysrq", 0, SACK, 0));
    String slug = portal.draft("every-kind", Map.of());
    String path = Portal.version(slug);
    author
        .put(
            path + "/parameters",
            List.of(
                Map.of("name", "mgmt", "type", "interface", "example", "mgmt0"),
                Map.of("name", "retries", "type", "integer", "min", 0, "max", 9, "default", 3)))
        .expect(200);
    author
        .put(
            path + "/settings",
            List.of(
                Map.of("key", COOKIES, "value", 1, "mandatory", true),
                Map.of("key", SACK, "value", 1),
                Map.of("key", MGMT_PORTS, "value", List.of(22)),
                Map.of(
                    "key",
                    CUSTOM,
                    "value",
                    "${retries}",
                    "declared",
                    Map.of("kind", "sysctl", "type", "int", "min", 0, "max", 9))))
        .expect(200);
    author.put(path + "/extends", Map.of("slug", base, "number", 1)).expect(200);
    author.post(path + "/submit").expect(200);
    return slug;
  }

  private static Locator row(Window window, String text) {
    return window.rows().filter(new Locator.FilterOptions().setHasText(text));
  }

  @Test
  void theShippedProfilesCanBeReadWhole() {
    try (Window window = signedIn("viewer")) {
      for (String slug : List.of("homelab-lan", "wan-exposed", "kernel-baseline")) {
        for (String tab : List.of("settings", "changes", "effective", "module", "comments")) {
          window.open(page(slug, 1, tab));
          assertThat(window.title()).hasText(Pattern.compile(slug + " v1"));
        }
      }
      window.open(page("wan-exposed", 1, "settings"));
      assertThat(window.link("2 parameters")).isVisible();
      assertThat(row(window, "The interface by which SSH is reached")).containsText("Can weaken");
      window.assertNoTrouble();
    }
  }

  @Test
  void everyKindOfSettingIsShownWithWhatIsKnownAboutIt() {
    String slug = everyKind();
    try (Window window = signedIn("approver")) {
      window.open(page(slug, 1, "settings"));
      assertThat(window.page().getByRole(AriaRole.HEADING, named("Custom"))).isVisible();
      Locator custom = window.page().locator("tr[id='" + CUSTOM + "']");
      assertThat(custom).containsText("Not in the catalog");
      assertThat(custom).containsText("int: a whole number from 0 to 9");
      assertThat(custom).containsText("${retries}");
      assertThat(window.page().locator("tr[id='" + COOKIES + "']")).containsText("mandatory");
      assertThat(row(window, "previews show mgmt0")).containsText("Can weaken");
      assertThat(row(window, "by default 3")).containsText(CUSTOM);
      Locator layers = window.page().locator("#layers");
      assertThat(layers).hasText("What it lies over");
      window.link("Effective").click();
      assertThat(row(window, "kernel.sysrq")).containsText("bottom");
      assertThat(row(window, SACK)).containsText(slug + " v1");
      assertThat(row(window, "interfaces.mgmt0.allowedTCPPorts")).containsText("an example");
      assertThat(window.page().getByRole(AriaRole.MAIN))
          .containsText("This is a preview with examples.");
      window.assertNoTrouble();
    }
  }

  @Test
  void changesOfParametersAndOfWhatLiesUnderAreAmongTheChanges() {
    String slug = everyKind();
    try (Window window = signedIn("approver")) {
      window.open(page(slug, 1, "changes"));
      assertThat(row(window, "retries")).hasCount(2);
      assertThat(row(window, "Operators supply a whole number from 0 to 9")).isVisible();
      assertThat(window.page().locator("#moved")).isVisible();
      assertThat(row(window, "kernel.sysrq")).isVisible();
      assertThat(row(window, CUSTOM)).containsText("a whole number from 0 to 9");
      window.assertNoTrouble();
    }
  }

  @Test
  void aStaleApprovalShowsWhatChangedAndKeepsTheWords() {
    String slug = portal.submitted("stale-shown", Map.of(COOKIES, 1, SACK, 0));
    try (Window approver = signedIn("approver")) {
      approver.open("/profile/version?slug=" + slug + "&number=1");
      approver.page().getByLabel("Comment").fill("Read twice, gründlich.");
      author.post(Portal.version(slug) + "/withdraw").expect(200);
      author
          .put(Portal.version(slug) + "/settings", Portal.entries(Map.of(COOKIES, 0)))
          .expect(200);
      author.post(Portal.version(slug) + "/submit").expect(200);
      approver.button("Approve ").click();
      assertThat(approver.page().getByRole(AriaRole.ALERT)).containsText("Read it again.");
      assertThat(approver.rows()).hasCount(2);
      assertThat(row(approver, COOKIES)).containsText("Weaker");
      assertThat(row(approver, SACK)).containsText("not set");
      assertThat(approver.page().locator("#changes")).containsText("as it was in review");
      assertThat(approver.page().getByLabel("Comment")).hasValue("Read twice, gründlich.");
      assertThat(portal.read(slug).get("state").textValue()).isEqualTo("in_review");
      approver.button("Approve ").click();
      assertThat(approver.page().getByRole(AriaRole.ALERT)).containsText("is approved");
      assertThat(portal.read(slug).at("/approvals/0/comment").textValue())
          .isEqualTo("Read twice, gründlich.");
      approver.assertNoTrouble();
    }
  }

  @Test
  void aReviewIsDoneWithTheKeyboardAlone() {
    String other = portal.approved("keyed-other", Map.of(COOKIES, 0));
    String slug = portal.approved("keyed", Map.of(COOKIES, 0));
    author.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    String second = "/api/v1/profiles/" + slug + "/versions/2";
    author.put(second + "/settings", Portal.entries(Map.of(COOKIES, 1, SACK, 1))).expect(200);
    author.post(second + "/submit").expect(200);
    try (Window window = browser.window()) {
      Page page = window.page();
      window.open("/login");
      tabTo(page, page.getByLabel("Username"));
      page.keyboard().type("approver");
      tabTo(page, page.getByLabel("Password"));
      page.keyboard().type("the password of approver");
      page.keyboard().press("Enter");
      assertThat(window.button("Sign out")).isVisible();

      enter(page, window.link("Review " + slug + " v2"));
      assertThat(window.title()).hasText("Review " + slug + " v2");
      enter(page, window.link("Changes 2"));
      assertThat(row(window, COOKIES)).containsText("Stronger");
      enter(page, window.link("Impact"));
      assertThat(page.locator("#impact")).isVisible();
      enter(page, window.link("Settings 2"));

      enter(page, page.getByText("Comment on " + SACK).locator("xpath=ancestor-or-self::summary"));
      tabTo(page, page.getByLabel("Your words on " + SACK));
      page.keyboard().type("Is it fixed everywhere?");
      enter(page, window.button("Add comment on " + SACK));
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("on record");
      assertThat(row(window, SACK)).containsText("Is it fixed everywhere?");

      enter(page, window.link("Changes 2"));
      tabTo(page, page.getByLabel("Compare with"));
      page.keyboard().type(other);
      enter(page, window.button("Compare"));
      assertThat(page.locator("#changes")).containsText("against " + other + " v1");
      assertThat(row(window, COOKIES)).containsText("Stronger");

      tabTo(page, page.getByLabel("Comment"));
      page.keyboard().type("Read with the keyboard.");
      enter(page, window.button("Approve "));
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("is approved");
      window.assertNoTrouble();
    }
    assertThat(portal.as(Role.VIEWER).get(second).json().at("/approvals/0/comment").textValue())
        .isEqualTo("Read with the keyboard.");
  }

  @Test
  void theDecisionIsAFewTabStopsAway() {
    String slug = portal.submitted("few-stops", Map.of(COOKIES, 1, SACK, 1));
    try (Window approver = signedIn("approver")) {
      approver.open(page(slug, 1, "settings"));
      Page page = approver.page();
      page.keyboard().press("Tab");
      page.keyboard().press("Tab");
      assertThat(approver.link("Skip to your decision")).isFocused();
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      assertThat(page.getByLabel("Comment", new Page.GetByLabelOptions().setExact(true)))
          .isFocused();
      page.keyboard().press("Tab");
      assertThat(approver.button("Approve ")).isFocused();
    }
  }

  @Test
  void theDecisionStaysInReach() {
    try (Window approver = signedIn("approver")) {
      approver.open(page("wan-exposed", 1, "changes"));
      Locator approve = approver.button("Approve ");
      approver.page().evaluate("() => scrollTo(0, 2000)");
      assertThat(approve).isInViewport();
      approver.page().setViewportSize(PHONE, 740);
      approver.page().evaluate("() => scrollTo(0, 1000)");
      assertThat(approve).not().isInViewport();
      assertThat(approver.link("Your decision…")).isInViewport();
      approver.link("Your decision…").click();
      assertThat(approver.page().getByRole(AriaRole.HEADING, named("Your decision")))
          .isInViewport();
      assertThat((int) approver.page().evaluate("() => document.scrollingElement.scrollWidth"))
          .isLessThanOrEqualTo(PHONE);
      approver.assertNoTrouble();
    }
  }

  @Test
  void viewersAreAskedForNoDecision() {
    String slug = portal.submitted("not-theirs", Map.of(COOKIES, 1));
    try (Window viewer = signedIn("viewer")) {
      viewer.open(page(slug, 1, "changes"));
      assertThat(viewer.page().getByRole(AriaRole.HEADING, named("Decision"))).isVisible();
      assertThat(viewer.page().getByText("Your decision")).hasCount(0);
      assertThat(viewer.page().getByText("You decide on")).hasCount(0);
      assertThat(viewer.page().getByText("Skip to your decision")).hasCount(0);
    }
  }

  @Test
  void oneColumnHoldsBothValuesOfAChange() {
    String slug = portal.approved("one-column", Map.of(COOKIES, 0));
    author.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    String second = "/api/v1/profiles/" + slug + "/versions/2";
    author.put(second + "/settings", Portal.entries(Map.of(COOKIES, 1))).expect(200);
    try (Window viewer = signedIn("viewer")) {
      viewer.open(page(slug, 2, "changes"));
      assertThat(viewer.page().getByRole(AriaRole.COLUMNHEADER, columns("From v1 to v2")))
          .isVisible();
      Locator change = row(viewer, COOKIES).locator("td.change");
      assertThat(change.locator(".from")).containsText("0");
      assertThat(change.locator(".to")).containsText("1");
    }
  }

  private static Page.GetByRoleOptions columns(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void longVersionsFoldAndLinksOpenTheirFamily() {
    try (Window viewer = signedIn("viewer")) {
      viewer.open(page("kernel-baseline", 1, "settings"));
      Locator open = viewer.page().locator("details.fold[open]");
      assertThat(open).hasCount(0);
      viewer.page().locator(".jumps a").last().click();
      assertThat(open).hasCount(1);
      viewer.button("Open all").click();
      assertThat(open).hasCount(viewer.page().locator(".jumps a").count());
      viewer.button("Open all").click();
      assertThat(open).hasCount(0);
      viewer.assertNoTrouble();
    }
  }

  @Test
  void commentsShowOddCharactersAsTheyAreAndCountUp() {
    String slug = portal.submitted("odd-words", Map.of(COOKIES, 1));
    String odd = "#{7*7} ${7*7} <script>alert('x')</script> \u202Eabc\u202C \u05D0\u05D1";
    try (Window approver = signedIn("approver")) {
      approver.open(page(slug, 1, "settings"));
      comment(approver, COOKIES, odd);
      Locator said = approver.page().locator(".comment");
      assertThat(said).hasCount(1);
      assertThat(said.locator("bdi")).hasText(odd);
      assertThat(approver.page()).hasURL(Pattern.compile("#comment-[0-9]+$"));
      comment(approver, COOKIES, "Second.");
      approver.link("2 comments").click();
      assertThat(approver.page().locator(".comment")).hasCount(2);
      approver.link("Comments 2").click();
      approver.page().getByLabel("About the version as a whole").fill("All in all, good.");
      approver.button("Add comment").click();
      assertThat(approver.link("Comments 3")).isVisible();
      approver.assertNoTrouble();
    }
  }

  @Test
  void aCommentThatIsRefusedKeepsItsText() {
    String slug = portal.submitted("too-long", Map.of(COOKIES, 1));
    String tooLong = "x".repeat(10_001);
    try (Window approver = signedIn("approver")) {
      approver.open(page(slug, 1, "settings"));
      comment(approver, COOKIES, tooLong);
      assertThat(approver.page().getByRole(AriaRole.ALERT)).containsText("10001 characters");
      Locator field = approver.page().getByLabel("Your words on " + COOKIES);
      assertThat(field).isVisible();
      assertThat(field).hasValue(tooLong);
      field.fill("x".repeat(10_000));
      approver.button("Add comment on " + COOKIES).click();
      assertThat(approver.page().locator(".comment")).hasCount(1);
      approver.assertNoTrouble();
    }
  }

  @Test
  void aCommentOnASettingThatWentMeanwhileIsNotLost() {
    String slug = portal.draft("went", Map.of(COOKIES, 1, SACK, 0));
    try (Window approver = signedIn("approver")) {
      approver.open(page(slug, 1, "settings"));
      author
          .put(Portal.version(slug) + "/settings", Portal.entries(Map.of(COOKIES, 1)))
          .expect(200);
      comment(approver, SACK, "Why 0?");
      assertThat(approver.page().getByRole(AriaRole.ALERT)).containsText("Read it again.");
      Locator kept = approver.page().getByLabel("Your words on the version as a whole");
      assertThat(kept).hasValue("Why 0?");
      approver.button("Comment on the version as a whole").click();
      assertThat(approver.link("Comments 1")).isVisible();
    }
  }

  @Test
  void aCommentOnEarlierContentSaysSo() {
    String slug = portal.submitted("earlier-words", Map.of(COOKIES, 1, SACK, 0));
    for (String key : List.of(COOKIES, SACK)) {
      portal
          .as(Role.APPROVER)
          .post(Portal.version(slug) + "/comments", Map.of("key", key, "text", "About " + key))
          .expect(201);
    }
    author.post(Portal.version(slug) + "/withdraw").expect(200);
    author
        .put(Portal.version(slug) + "/settings", Portal.entries(Map.of(COOKIES, 2, SACK, 0)))
        .expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    try (Window viewer = signedIn("viewer")) {
      viewer.open(page(slug, 1, "settings"));
      assertThat(row(viewer, COOKIES)).containsText("this setting changed since");
      assertThat(row(viewer, SACK)).containsText("this setting did not");
      assertThat(viewer.page().locator("textarea")).hasCount(0);
      viewer.page().setViewportSize(PHONE, 740);
      assertThat((int) viewer.page().evaluate("() => document.scrollingElement.scrollWidth"))
          .isLessThanOrEqualTo(PHONE);
      viewer.link("what changed since").last().click();
      assertThat(viewer.page().locator("#changes")).containsText("as it was in review");
      assertThat(viewer.rows()).hasCount(1);
      viewer.assertNoTrouble();
    }
  }

  @Test
  void whatKernelModulesFollowIsListed() {
    String slug = portal.submitted("derived", Map.of("net.netfilter.nf_conntrack_max", 65_536));
    try (Window viewer = signedIn("viewer")) {
      viewer.open(page(slug, 1, "changes"));
      assertThat(viewer.page().getByRole(AriaRole.MAIN))
          .containsText("Kernel modules that hosts load because of these values: nf_conntrack");
    }
  }

  @Test
  void eachNumberOfAProfileOpensItsList() {
    String slug = portal.approved("listed", Map.of(COOKIES, 1));
    for (int number = 2; number <= 4; number++) {
      String path = "/api/v1/profiles/" + slug + "/versions";
      author.post(path, Map.of("copyOf", Map.of("slug", slug, "number", 1))).expect(201);
    }
    author.post("/api/v1/profiles/" + slug + "/versions/2/submit").expect(200);
    try (Window viewer = signedIn("viewer")) {
      viewer.open("/profile/list?q=" + slug);
      Locator row = row(viewer, slug);
      assertThat(row).hasCount(1);
      row.getByRole(AriaRole.LINK, inRow("2 of " + slug + ", drafts")).click();
      assertThat(viewer.title()).hasText("2 versions of " + slug + ", draft");
      assertThat(viewer.rows()).hasCount(2);
      viewer.open("/profile/list?q=" + slug);
      row.getByRole(AriaRole.LINK, inRow("1 of " + slug + ", in review")).click();
      assertThat(viewer.rows()).hasCount(1);
      assertThat(row(viewer, slug + " v2")).containsText("In review");
      viewer.link("All 4").click();
      assertThat(viewer.rows()).hasCount(4);
      viewer.assertNoTrouble();
    }
  }

  /** Writes a comment and sends it as impatient people do, who must not find it there twice. */
  private static void comment(Window window, String key, String text) {
    Locator field = window.page().getByLabel("Your words on " + key);
    if (!field.isVisible()) {
      window
          .page()
          .getByText("Comment on " + key)
          .locator("xpath=ancestor-or-self::summary")
          .click();
    }
    field.fill(text);
    window.button("Add comment on " + key).dblclick();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions inRow(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  /** Moves the focus as somebody without a mouse does, until it is there. */
  private static void tabTo(Page page, Locator target) {
    assertThat(target).hasCount(1);
    for (int step = 0; step < MOST_STEPS; step++) {
      if ((boolean) target.evaluate("e => e === document.activeElement")) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("The keyboard does not reach " + target);
  }

  private static void enter(Page page, Locator target) {
    tabTo(page, target);
    page.keyboard().press("Enter");
  }
}
