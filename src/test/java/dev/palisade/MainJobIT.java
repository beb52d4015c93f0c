package dev.palisade;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static java.util.regex.Pattern.compile;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.palisade.account.Role;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.PortalProcess;
import dev.palisade.testing.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The main job as two people do it in their browsers, and the pages on a phone. */
@Tag("browser")
class MainJobIT {

  private static final String DUMP = "/dev/palisade/demo/sysctl-a-linux-6.18.txt";
  private static final String VERSION = "/profile/version?slug=homelab-lan&number=1";
  private static final int SYSCTLS = 45;
  private static final int FIREWALL_OPTIONS = 4;
  private static final int PHONE = 360;

  /**
   * What hides a part of its content at the right, but for icons and for text that ends with an
   * ellipsis.
   */
  private static final String CUT_OFF =
      """
      () => [...document.querySelectorAll('main *:not(.pi)')]
        .filter(e => e.checkVisibility() && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
        .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX))
        .filter(e => getComputedStyle(e).textOverflow !== 'ellipsis')
        .map(e => e.tagName + ' ' + e.className)
      """;

  /** Somebody with an account. */
  private record Person(String name, String password) {

    static Person created(Caller admin, String name, Role... roles) {
      String password = "the password of " + name;
      admin
          .post(
              "/api/v1/users",
              Map.of(
                  "username",
                  name,
                  "roles",
                  Arrays.stream(roles).map(Role::code).toList(),
                  "password",
                  password))
          .expect(201);
      return new Person(name, password);
    }

    void signIn(Window window) {
      window.signIn(name, password);
      assertThat(window.button("Sign out")).isVisible();
    }
  }

  @BeforeAll
  static void requireChromium() {
    Tools.requireChromium();
  }

  @Test
  void twoPeopleTakeTheSeedFromReviewToProof() {
    try (PortalProcess portal = PortalProcess.start(PortalProcess.freshDirectory("main-job"))) {
      portal.awaitReady();
      Caller admin = portal.caller().signedIn("admin", PortalProcess.ADMIN_PASSWORD);
      Person approving = Person.created(admin, "approver", Role.APPROVER);
      Person operating = Person.created(admin, "operator", Role.OPERATOR);
      try (Browser browser = Browser.at(portal.address())) {
        Window approver = browser.window();
        approverSignsIn(approver, approving);
        approverReads(approver);
        approverApproves(approver, approving);

        Window operator = browser.window();
        operating.signIn(operator);
        operatorCannotDecide(operator);
        RegisteredHost host = operatorRegisters(operator, "atlas");
        operatorRollsOut(operator, host);
        operatorReadsHowToUseIt(operator, host);

        hostFetches(portal.caller(), host);
        Map<Verdict, Long> proof = hostSendsEvidence(portal.caller(), host);
        findingsOfTheApiAre(proof, admin, host);
        operatorReadsVerdicts(operator, host, proof);
        operatorFollowsNumbers(operator, host, proof);
        dashboardLeadsToTheHost(operator, host);

        approverReadsTheJournal(approver, approving, operating, host);
        for (Window window : List.of(approver, operator)) {
          nothingIsLeftAfterSigningOut(window, host);
          window.assertNoTrouble();
        }
      }
    }
  }

  private static void approverSignsIn(Window window, Person approver) {
    window.open("/");
    assertThat(window.page()).hasURL(compile("/login$"));
    assertThat(window.title()).hasText("Sign in");
    window.enter(approver.name(), "not the password");
    assertThat(window.page().getByRole(AriaRole.ALERT))
        .containsText("The username or the password is not right.");
    assertThat(window.button("Sign out")).hasCount(0);
    window.enter(approver.name(), approver.password());
    assertThat(window.title()).hasText("Nothing is rolled out yet");
  }

  private static void approverReads(Window window) {
    window.link("Review homelab-lan v1").click();
    assertThat(window.title()).hasText("Review homelab-lan v1");
    assertThat(main(window).getByText("In review", exactlyIn())).isVisible();
    window.button("Open all").click();
    assertThat(window.rows()).hasCount(SYSCTLS + FIREWALL_OPTIONS);
    assertThat(rowsOfKeys(window, "networking\\.firewall\\.")).hasCount(FIREWALL_OPTIONS);
    assertThat(rowsOfKeys(window, "(fs|kernel|net|vm)\\.")).hasCount(SYSCTLS);
    for (Locator row : window.rows().all()) {
      assertThat(row.locator("td").last()).hasText(compile("\\S"));
    }
    window.link("Module").click();
    assertThat(code(window, "module.nix")).containsText("\"net.ipv4.conf.all.rp_filter\"");
    window.link("Settings 49").click();
  }

  private static Locator rowsOfKeys(Window window, String start) {
    Locator key =
        window
            .page()
            .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(compile("^" + start)));
    return window.rows().filter(new Locator.FilterOptions().setHas(key));
  }

  private static void approverApproves(Window window, Person approver) {
    window.page().getByLabel("Comment").fill("Read line by line.");
    window.button("Approve ").click();
    assertThat(window.page().getByRole(AriaRole.ALERT)).containsText("homelab-lan v1 is approved");
    approvedVersionIsShown(window);
    assertThat(main(window)).containsText(approver.name() + " approved");
    assertThat(main(window)).containsText("Read line by line.");
  }

  private static void approvedVersionIsShown(Window window) {
    assertThat(window.title()).hasText("homelab-lan v1");
    assertThat(main(window).getByText("Approved", exactlyIn())).isVisible();
    assertThat(window.button("Approve ")).hasCount(0);
    assertThat(window.button("Reject")).hasCount(0);
  }

  private static void operatorCannotDecide(Window window) {
    window.open(VERSION);
    approvedVersionIsShown(window);
  }

  private static RegisteredHost operatorRegisters(Window window, String name) {
    window.link("Hosts").click();
    window.link("Register a host").first().click();
    window.page().getByLabel("Name").fill(name);
    window.page().getByLabel("Labels").fill("env=home role=server");
    window.button("Register").click();
    assertThat(main(window)).containsText("This is the only time the token is shown.");
    String token = code(window, "Token").innerText();
    assertThat(token).startsWith("ph_");
    tokenIsShownNoMore(window, name, token);
    return new RegisteredHost(name, token);
  }

  private static void tokenIsShownNoMore(Window window, String name, String token) {
    window.page().reload();
    assertThat(window.title()).hasText("Register a host");
    assertThat(window.page().getByText(token)).hasCount(0);
    window.open("/fleet/detail?name=" + name);
    assertThat(window.title()).hasText(name);
    assertThat(window.page().getByText(token)).hasCount(0);
  }

  private static void operatorRollsOut(Window window, RegisteredHost host) {
    assertThat(main(window)).containsText("Nothing was offered to this host yet.");
    window.page().getByLabel("Profile to add").selectOption("homelab-lan");
    window.button("Add profile").click();
    assertThat(window.page().getByRole(AriaRole.ALERT)).containsText("Its profiles are set.");
    window.button("Roll out now").click();
    assertThat(window.page().getByRole(AriaRole.ALERT))
        .containsText("The release is offered to " + host.name());
    assertThat(window.rows()).hasCount(1);
    assertThat(window.rows()).containsText("Offered");
    window.rows().getByRole(AriaRole.LINK).first().click();
    assertThat(window.title()).hasText(host.name());
  }

  private static void operatorReadsHowToUseIt(Window window, RegisteredHost host) {
    String narHash = window.page().getByText(compile("^sha256-[A-Za-z0-9+/]{43}=$")).innerText();
    assertThat(code(window, "flake.nix, inputs").first())
        .containsText("/nix/hosts/" + host.name() + "/latest.tar.gz\"");
    Locator tarball = code(window, "configuration.nix, pinned to this release");
    assertThat(tarball).containsText(compile("url = \".*/nix/releases/[0-9a-f]{64}\\.tar\\.gz\""));
    assertThat(tarball).containsText("sha256 = \"" + narHash + "\"");
    assertThat(code(window, "/etc/nix/netrc"))
        .containsText("login " + host.name() + " password <token>");
    assertThat(window.page().getByText(host.token())).hasCount(0);
  }

  private static void hostFetches(Caller nobody, RegisteredHost host) {
    String address = "/nix/hosts/" + host.name() + "/latest.tar.gz";
    nobody.get(address).expect(401);
    Answer tarball = nobody.basic(host.name(), host.token()).get(address).expect(200);
    assertThat(tarball.header("Link")).contains("narHash=", "rel=\"immutable\"");
    assertThat(tarball.body()).startsWith(0x1f, 0x8b);
  }

  private static Map<Verdict, Long> hostSendsEvidence(Caller nobody, RegisteredHost host) {
    Answer receipt =
        nobody.bearer(host.token()).post("/agent/v1/reports", "text/plain", dump()).expect(202);
    JsonNode counts = receipt.json().get("verdicts");
    Map<Verdict, Long> proof =
        Arrays.stream(Verdict.values())
            .collect(toMap(v -> v, v -> counts.path(v.code()).longValue()));
    assertThat(sum(proof, VerdictGroup.values())).isEqualTo(SYSCTLS + FIREWALL_OPTIONS);
    assertThat(sum(proof, VerdictGroup.FAILING)).isPositive();
    assertThat(sum(proof, VerdictGroup.HOLDING)).isPositive();
    assertThat(proof.get(Verdict.UNKNOWN)).isEqualTo(FIREWALL_OPTIONS);
    return proof;
  }

  private static void findingsOfTheApiAre(
      Map<Verdict, Long> proof, Caller reader, RegisteredHost host) {
    proof.forEach(
        (verdict, count) -> {
          String path = "/api/v1/findings?host=" + host.name() + "&verdict=" + verdict.code();
          JsonNode page = reader.get(path).expect(200).json();
          assertThat(page.get("total").longValue()).as(path).isEqualTo(count);
          assertThat(page.get("items")).as(path).hasSize(count.intValue());
        });
  }

  private static void operatorReadsVerdicts(
      Window window, RegisteredHost host, Map<Verdict, Long> proof) {
    window.open("/fleet/detail?name=" + host.name());
    long holding = sum(proof, VerdictGroup.HOLDING);
    assertThat(main(window))
        .containsText(SYSCTLS + FIREWALL_OPTIONS + " settings expected, " + holding + " hold");
    List<VerdictGroup> present =
        Arrays.stream(VerdictGroup.values()).filter(g -> sum(proof, g) > 0).toList();
    assertThat(present.get(0)).isEqualTo(VerdictGroup.FAILING);
    Locator groups = window.page().locator("details.vgroup");
    assertThat(groups.locator("> summary"))
        .hasText(present.stream().map(g -> g.word() + " " + sum(proof, g)).toArray(String[]::new));
    for (int i = 0; i < present.size(); i++) {
      verdictsAre(groups.nth(i).locator("details.verdict"), present.get(i), proof);
    }
    eachSaysWhy(groups.first().locator("details.verdict"));
  }

  private static void verdictsAre(Locator rows, VerdictGroup group, Map<Verdict, Long> proof) {
    assertThat(rows).hasCount((int) sum(proof, group));
    proof.forEach(
        (verdict, count) -> {
          if (verdict.group() == group) {
            assertThat(rows.locator("> summary").getByText(verdict.word(), exactlyIn()))
                .hasCount(count.intValue());
          }
        });
  }

  private static void eachSaysWhy(Locator rows) {
    for (Locator row : rows.all()) {
      if (row.getAttribute("open") == null) {
        row.locator("> summary").click();
      }
      assertThat(row.locator("p.why")).isVisible();
      assertThat(row.locator("p.why")).hasText(compile("\\w{3,}"));
    }
  }

  private static void operatorFollowsNumbers(
      Window window, RegisteredHost host, Map<Verdict, Long> proof) {
    for (VerdictGroup group : VerdictGroup.values()) {
      long count = sum(proof, group);
      window.open("/fleet/detail?name=" + host.name());
      window.link(group.word() + " " + count).click();
      assertThat(window.title()).hasText(count + (count == 1 ? " finding" : " findings"));
      assertThat(window.rows()).hasCount((int) count);
      assertThat(window.rows().filter(withText(host.name()))).hasCount((int) count);
      assertThat(window.page().getByText("No finding matches")).hasCount(count == 0 ? 1 : 0);
    }
  }

  private static void dashboardLeadsToTheHost(Window window, RegisteredHost host) {
    window.link("Dashboard").click();
    assertThat(window.title()).hasText("1 of 1 host does not hold what was approved");
    main(window).getByRole(AriaRole.LINK).filter(withText("failing findings")).first().click();
    assertThat(window.rows()).hasCount(1);
    assertThat(window.rows()).containsText(host.name());
  }

  private static void approverReadsTheJournal(
      Window window, Person approver, Person operator, RegisteredHost host) {
    window.link("Journal").click();
    assertThat(window.title()).hasText(compile("[0-9]+ acts are on record"));
    act(window, approver.name(), "Approved", "homelab-lan v1");
    act(window, operator.name(), "Registered a host", host.name());
    act(window, operator.name(), "Assigned profiles to a host", host.name());
    act(window, operator.name(), "Planned a rollout", "");
    act(window, operator.name(), "Started a rollout", "");
    assertThat(window.page().getByText(host.token())).hasCount(0);
  }

  /** Text as it is seen, without what only narrow pages show. */
  private static LocatorAssertions.HasTextOptions seen() {
    return new LocatorAssertions.HasTextOptions().setUseInnerText(true);
  }

  private static void act(Window window, String who, String act, String object) {
    Locator row =
        window
            .rows()
            .filter(new Locator.FilterOptions().setHas(window.page().getByText(act, exactly())));
    assertThat(row).hasCount(1);
    assertThat(row.locator("td[data-label='Who']")).hasText(who, seen());
    assertThat(row.locator("td[data-label='Object']")).containsText(object);
  }

  private static void nothingIsLeftAfterSigningOut(Window window, RegisteredHost host) {
    window.open("/fleet/detail?name=" + host.name());
    assertThat(window.title()).hasText(host.name());
    window.button("Sign out").click();
    assertThat(window.title()).hasText("Sign in");
    window.page().goBack();
    assertThat(window.title()).hasText("Sign in");
    window.page().reload();
    assertThat(window.title()).hasText("Sign in");
    assertThat(window.page().getByText("narHash")).hasCount(0);
  }

  @Test
  void refusedActionSaysWhyOnThePageWhereItWasAsked() {
    Portal portal = Portal.running();
    RegisteredHost host = portal.host("early");
    String slug = portal.submitted("early", Map.of("net.ipv4.tcp_syncookies", 1));
    portal
        .as(Role.OPERATOR)
        .put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug))
        .expect(200);
    Person operator = newPerson(portal, "refused", Role.OPERATOR);
    try (Browser browser = Browser.at(portal.anonymous().portal());
        Window window = browser.window()) {
      operator.signIn(window);
      window.open("/fleet/detail?name=" + host.name());
      window.button("Roll out now").click();
      assertThat(window.page().getByRole(AriaRole.ALERT)).containsText(slug);
      assertThat(window.title()).hasText(host.name());
      assertThat(window.page()).hasURL(compile("/fleet/detail\\?name=" + host.name() + "$"));
      window.assertNoTrouble();
    }
  }

  @Test
  void whoHasToSignInAgainComesBackToThePageTheyWereOn() {
    Portal portal = Portal.running();
    String slug = portal.submitted("again", Map.of("net.ipv4.tcp_syncookies", 1));
    Person approver = newPerson(portal, "again", Role.APPROVER);
    try (Browser browser = Browser.at(portal.anonymous().portal());
        Window window = browser.window()) {
      approver.signIn(window);
      window.open("/profile/version?slug=" + slug + "&number=1");
      window.page().context().clearCookies();
      window.button("Approve ").click();
      assertThat(window.title()).hasText("Sign in");
      window.enter(approver.name(), approver.password());
      assertThat(window.title()).hasText("Review " + slug + " v1");
      window.assertNoTrouble();
    }
  }

  private static Person newPerson(Portal portal, String prefix, Role... roles) {
    return Person.created(portal.as(Role.ADMINISTRATOR), portal.name(prefix), roles);
  }

  @Test
  void everyPageFitsAPhoneAndDarkMode() {
    Portal portal = Portal.running();
    RegisteredHost host = portal.host("phone");
    long rollout = portal.rollOut(host, portal.approvedHomelabLan("phone-lan"));
    Answer receipt = portal.as(host).post("/agent/v1/reports", "text/plain", dump()).expect(202);
    List<String> pages = pages(host, rollout, receipt.json().get("report").longValue());
    Person everybody = newPerson(portal, "everybody", Role.values());
    try (Browser browser = Browser.at(portal.anonymous().portal())) {
      for (ColorScheme look : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        try (Window window = phone(browser, look)) {
          window.open("/login");
          fits(window, look);
          everybody.signIn(window);
          for (String path : pages) {
            window.open(path);
            fits(window, look);
          }
          window.assertNoTrouble();
        }
      }
    }
  }

  private static Window phone(Browser browser, ColorScheme look) {
    return browser.window(new NewContextOptions().setViewportSize(PHONE, 740).setColorScheme(look));
  }

  private static List<String> pages(RegisteredHost host, long rollout, long report) {
    return List.of(
        "/",
        "/profile/list",
        VERSION,
        VERSION + "&tab=module",
        VERSION + "&tab=impact",
        VERSION + "&tab=changes",
        VERSION + "&tab=comments",
        "/profile/version?slug=wan-exposed&number=1&tab=settings",
        "/profile/version?slug=wan-exposed&number=1&tab=effective",
        "/profile/versions?slug=homelab-lan",
        "/profile/create",
        "/profile/import",
        "/profile/import?slug=homelab-lan",
        "/profile/edit?slug=homelab-lan&number=1&family=IPv4+interfaces",
        "/profile/edit?slug=homelab-lan&number=1&q=firewall",
        "/catalog/list",
        "/catalog/detail?key=net.ipv4.conf.all.rp_filter",
        "/catalog/detail?key=networking.firewall.allowedTCPPorts",
        "/fleet/list",
        "/fleet/detail?name=" + host.name(),
        "/fleet/register",
        "/fleet/groups",
        "/fleet/delivery",
        "/fleet/enrolment",
        "/rollout/list",
        "/rollout/detail?id=" + rollout,
        "/audit/findings",
        "/audit/findings?host=" + host.name() + "&group=failing",
        "/assignment/waivers",
        "/assignment/request?host=" + host.name(),
        "/audit/report?id=" + report,
        "/journal/list",
        "/account/list");
  }

  /**
   * One heading, nothing to scroll to sideways even with all folds open, and the look asked for.
   */
  private static void fits(Window window, ColorScheme look) {
    String where = look + " " + window.page().url();
    assertThat(window.title()).hasCount(1);
    assertThat(window.title()).isVisible();
    Locator whole = window.page().locator("html");
    whole.evaluate("e => e.querySelectorAll('details').forEach(d => { d.open = true; })");
    assertThat((int) whole.evaluate("() => document.scrollingElement.scrollWidth"))
        .as(where + " is wider than a phone")
        .isLessThanOrEqualTo(PHONE);
    assertThat((List<?>) whole.evaluate(CUT_OFF)).as(where + " cuts content off").isEmpty();
    String ground =
        (String) whole.evaluate("() => getComputedStyle(document.body).backgroundColor");
    assertThat(brightness(ground))
        .as(where + " has the ground " + ground)
        .matches(b -> look == ColorScheme.DARK ? b < 80 : b > 200);
  }

  /** The mean of red, green and blue in {@code rgb(1, 2, 3)}. */
  private static double brightness(String colour) {
    return compile("[0-9]+")
        .matcher(colour)
        .results()
        .mapToInt(digits -> Integer.parseInt(digits.group()))
        .limit(3)
        .average()
        .orElseThrow();
  }

  private static byte[] dump() {
    try (InputStream in = requireNonNull(MainJobIT.class.getResourceAsStream(DUMP), DUMP)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sum(Map<Verdict, Long> counts, VerdictGroup... groups) {
    return counts.entrySet().stream()
        .filter(e -> List.of(groups).contains(e.getKey().group()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static Locator main(Window window) {
    return window.page().getByRole(AriaRole.MAIN);
  }

  /** The block of code under a caption. */
  private static Locator code(Window window, String caption) {
    return window
        .page()
        .locator(".code")
        .filter(new Locator.FilterOptions().setHas(window.page().getByText(caption, exactly())))
        .locator("pre");
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Locator.GetByTextOptions exactlyIn() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Locator.FilterOptions withText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
