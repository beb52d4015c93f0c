package dev.palisade.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller;
import dev.palisade.testing.PortalProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs axe-core over every page of the demo portal in the light and the dark theme. The pages are
 * listed from the folder of the web application, so a new page without an address here fails.
 */
@Tag("browser")
class AccessiblePagesIT {

  private static final Path PAGES = Path.of("src", "main", "webapp");

  /** The password of each demo account. */
  private static final String PASSWORD = "palisade-demo";

  /**
   * All of WCAG 2.2 AA and best practice in the first theme; only colours differ in the second.
   * Nothing moves meanwhile: a colour on its way to the other theme would count.
   */
  private static final String CHECK =
      """
      async (only) => {
        const still = new CSSStyleSheet();
        still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }');
        document.adoptedStyleSheets = [still];
        const options = only
          ? { runOnly: { type: 'rule', values: only } }
          : { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
        const result = await axe.run(document, { ...options, resultTypes: ['violations'] });
        return result.violations.flatMap((violation) => violation.nodes.map((node) =>
          violation.id + ': ' + node.target.join(' ') + ' (' + node.failureSummary + ') ' + node.html));
      }
      """;

  private static PortalProcess portal;
  private static Browser browser;

  @BeforeAll
  static void start() {
    portal = PortalProcess.start(PortalProcess.freshDirectory("accessible"), Map.of(), "--demo");
    portal.awaitReady();
    portal
        .caller()
        .signedIn("author", PASSWORD)
        .post(
            "/api/v1/profiles/homelab-lan/versions",
            Map.of("copyOf", Map.of("slug", "homelab-lan", "number", 2)))
        .expect(201);
    Caller admin = portal.caller().signedIn("admin", PortalProcess.ADMIN_PASSWORD);
    for (String role : List.of("viewer", "auditor")) {
      admin
          .post(
              "/api/v1/users",
              Map.of("username", role, "roles", List.of(role), "password", PASSWORD))
          .expect(201);
    }
    browser = Browser.at(portal.address());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    portal.close();
  }

  /** Who opens a page, and at which addresses. */
  private record Visit(String person, List<String> addresses) {

    static Visit of(String person, String... addresses) {
      return new Visit(person, List.of(addresses));
    }
  }

  private static Map<String, Visit> visits() {
    String version = "/profile/version?slug=homelab-lan&number=2&tab=";
    Map<String, Visit> visits = new LinkedHashMap<>();
    visits.put("login.xhtml", Visit.of("", "/login"));
    visits.put("index.xhtml", Visit.of("viewer", "/"));
    visits.put("error/expired.xhtml", Visit.of("viewer", "/error/expired"));
    visits.put("error/failure.xhtml", Visit.of("viewer", "/error/failure"));
    visits.put("error/forbidden.xhtml", Visit.of("viewer", "/error/forbidden"));
    visits.put("error/refused.xhtml", Visit.of("viewer", "/audit/findings?group=bogus"));
    visits.put("error/missing.xhtml", Visit.of("viewer", "/error/missing"));
    visits.put("catalog/list.xhtml", Visit.of("viewer", "/catalog/list"));
    visits.put("catalog/detail.xhtml", Visit.of("viewer", "/catalog/detail?key=net.ipv4.tcp_sack"));
    visits.put("journal/list.xhtml", Visit.of("auditor", "/journal/list"));
    visits.put("account/list.xhtml", Visit.of("admin", "/account/list"));
    visits.put("profile/list.xhtml", Visit.of("author", "/profile/list"));
    visits.put("profile/create.xhtml", Visit.of("author", "/profile/create"));
    visits.put("profile/import.xhtml", Visit.of("author", "/profile/import?slug=homelab-lan"));
    visits.put("profile/versions.xhtml", Visit.of("author", "/profile/versions?slug=homelab-lan"));
    visits.put(
        "profile/edit.xhtml",
        Visit.of(
            "author",
            "/profile/edit?slug=homelab-lan&number=3",
            "/profile/edit?slug=homelab-lan&number=3&tab=parameters",
            "/profile/edit?slug=homelab-lan&number=3&tab=layers"));
    visits.put(
        "profile/version.xhtml",
        Visit.of(
            "approver",
            version + "changes",
            version + "impact",
            version + "settings",
            version + "effective",
            version + "module",
            version + "comments"));
    visits.put("profile/rule.xhtml", Visit.of("approver", "/profile/rule?slug=homelab-lan"));
    visits.put("rollout/list.xhtml", Visit.of("operator", "/rollout/list"));
    visits.put(
        "rollout/create.xhtml",
        Visit.of("operator", "/rollout/create?profile=homelab-lan&number=1"));
    visits.put("rollout/detail.xhtml", Visit.of("operator", "/rollout/detail?id=1"));
    visits.put("audit/findings.xhtml", Visit.of("operator", "/audit/findings"));
    visits.put("audit/report.xhtml", Visit.of("auditor", "/audit/report?id=1"));
    visits.put("assignment/waivers.xhtml", Visit.of("operator", "/assignment/waivers"));
    visits.put("assignment/request.xhtml", Visit.of("operator", "/assignment/request"));
    visits.put("assignment/waiver.xhtml", Visit.of("approver", "/assignment/waiver?id=1"));
    visits.put("fleet/list.xhtml", Visit.of("operator", "/fleet/list"));
    visits.put("fleet/detail.xhtml", Visit.of("operator", "/fleet/detail?name=atlas"));
    visits.put("fleet/effective.xhtml", Visit.of("operator", "/fleet/effective?name=atlas"));
    visits.put("fleet/groups.xhtml", Visit.of("operator", "/fleet/groups"));
    visits.put("fleet/register.xhtml", Visit.of("operator", "/fleet/register"));
    visits.put("fleet/enrolment.xhtml", Visit.of("operator", "/fleet/enrolment"));
    visits.put("fleet/delivery.xhtml", Visit.of("operator", "/fleet/delivery"));
    return visits;
  }

  @Test
  void everyPageHasAnAddressHere() throws IOException {
    assertThat(visits().keySet()).containsExactlyInAnyOrderElementsOf(pages());
  }

  @Test
  void axeFindsNothingOnAnyPageInEitherTheme() throws IOException {
    String axe = script();
    List<String> found = new ArrayList<>();
    Map<String, List<String>> byPerson = new LinkedHashMap<>();
    for (Visit visit : visits().values()) {
      byPerson.computeIfAbsent(visit.person(), p -> new ArrayList<>()).addAll(visit.addresses());
    }
    for (Map.Entry<String, List<String>> entry : byPerson.entrySet()) {
      try (Window window = window(entry.getKey())) {
        for (String address : entry.getValue()) {
          window.open(address);
          check(window.page(), axe, address, found);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noteOnTheDemonstrationStaysAwayOnceHidden() {
    try (Window window = window("viewer")) {
      assertThat(window.page().getByText("This is a demonstration.").count()).isEqualTo(1);
      window.button("Hide the note on the demonstration").click();
      assertThat(window.page().getByText("This is a demonstration.").count()).isZero();
      window.open("/catalog/list");
      assertThat(window.page().getByText("This is a demonstration.").count()).isZero();
    }
  }

  @Test
  void robotoComesFromThePortalItself() {
    try (Window window = window("")) {
      window.open("/login");
      Object loaded =
          window
              .page()
              .evaluate(
                  "async () => (await Promise.all([400, 500, 700].map((weight) =>"
                      + " document.fonts.load(weight + ' 14px Roboto')))).flat()"
                      + ".map((face) => face.weight + ' ' + face.status)");
      assertThat(loaded).isEqualTo(List.of("400 loaded", "500 loaded", "700 loaded"));
      Map<String, String> headers =
          window
              .page()
              .request()
              .get("/jakarta.faces.resource/fonts/Roboto-Regular.woff2.xhtml?ln=palisade")
              .headers();
      assertThat(headers.get("content-type")).isEqualTo("font/woff2");
      assertThat(headers.get("cache-control")).contains("max-age");
    }
  }

  private static Window window(String person) {
    Window window = browser.window();
    if (!person.isEmpty()) {
      window.signIn(person, person.equals("admin") ? PortalProcess.ADMIN_PASSWORD : PASSWORD);
      window.button("Sign out").waitFor();
    }
    return window;
  }

  private static void check(Page page, String axe, String address, List<String> found) {
    look(page, ColorScheme.LIGHT);
    page.evaluate(axe);
    Object light = page.evaluate(CHECK, null);
    look(page, ColorScheme.DARK);
    Object dark = page.evaluate(CHECK, List.of("color-contrast", "link-in-text-block"));
    for (Object each : (List<?>) light) {
      found.add(address + " light " + each);
    }
    for (Object each : (List<?>) dark) {
      found.add(address + " dark " + each);
    }
  }

  private static void look(Page page, ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  private static Set<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      return files
          .filter(file -> file.toString().endsWith(".xhtml"))
          .map(file -> PAGES.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.startsWith("WEB-INF/"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String script() throws IOException {
    try (InputStream in = AccessiblePagesIT.class.getResourceAsStream("/axe.min.js")) {
      assertThat(in).as("axe.min.js of the axe-core jar").isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
