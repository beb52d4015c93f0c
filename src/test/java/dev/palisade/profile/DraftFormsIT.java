package dev.palisade.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Tools;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Settings of one's own, parameters and layers in the editor. */
@Tag("browser")
class DraftFormsIT {

  private static final String SACK = "net.ipv4.tcp_sack";
  private static final String PORTS = "networking.firewall.interfaces.%s.allowedTCPPorts";
  private static final String PAYLOAD =
      "<script>alert(1)</script>\"'#{7*7}${8*8}\u202eevil</textarea><img src=x onerror=alert(2)>";

  private static Portal portal;
  private static Browser browser;
  private EditorPage editor;

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

  @BeforeEach
  void signIn() {
    editor = EditorPage.signedIn(browser, "author");
  }

  @AfterEach
  void leave() {
    editor.window().assertNoTrouble();
    editor.close();
  }

  @Test
  void everyFaultOfASettingOfOnesOwnStandsBesideItsFieldAndNothingIsLost() {
    String slug = portal.draft("custom", Map.of(SACK, 1));
    editor.open(slug, "&view=custom&custom=" + "net.ipv4.shiny");
    assertThat(editor.field("custom:key")).hasValue("net.ipv4.shiny");
    editor.field("custom:key").fill("shiny");
    editor.field("custom:min").fill("9");
    editor.field("custom:max").fill("three");
    editor.field("custom:value").fill("a lot");
    editor.field("custom:reason").fill(PAYLOAD);
    editor.window().button("Put it into the draft").click();
    assertThat(message("custom:key")).containsText("looks like net.ipv4.tcp_sack");
    assertThat(message("custom:max")).containsText("not a whole number");
    assertThat(message("custom:value")).containsText("“a lot” is not a whole number");
    assertThat(editor.field("custom:key")).hasValue("shiny");
    assertThat(editor.field("custom:max")).hasValue("three");
    assertThat(editor.field("custom:value")).hasValue("a lot");
    assertThat(editor.field("custom:reason")).hasValue(PAYLOAD);

    editor.field("custom:key").fill("net.ipv4.shiny");
    editor.field("custom:max").fill("5");
    editor.field("custom:value").fill("5");
    editor.window().button("Put it into the draft").click();
    assertThat(message("custom:min")).containsText("greater than the greatest");
    editor.field("custom:min").fill("3");
    editor.window().button("Put it into the draft").click();
    editor.type("net.ipv4.shiny", "6");
    assertThat(editor.row("net.ipv4.shiny")).containsText("from 3 to 5");
    editor.type("net.ipv4.shiny", "4");
    editor.saved("net.ipv4.shiny");

    editor.row("net.ipv4.shiny").getByRole(AriaRole.LINK).click();
    editor.field("custom:max").fill("9");
    editor.field("custom:value").fill("8");
    editor.window().button("Save it").click();
    assertThat(editor.row("net.ipv4.shiny").getByLabel("Value of net.ipv4.shiny")).hasValue("8");
    JsonNode own = portal.read(slug).at("/settings/0");
    assertThat(own.at("/declared/max").intValue()).isEqualTo(9);
    assertThat(own.get("reason").textValue()).isEqualTo(PAYLOAD);
  }

  @Test
  void aKeyThatIsAScriptIsShownAsTextAndRefused() {
    String slug = portal.draft("payload", Map.of(SACK, 1));
    editor.open(slug, "&view=custom");
    editor.field("custom:key").fill(PAYLOAD);
    editor.field("custom:value").fill("1");
    editor.window().button("Put it into the draft").click();
    assertThat(message("custom:key")).containsText("looks like");
    assertThat(editor.field("custom:key")).hasValue(PAYLOAD);
    editor.open(slug, "&family=TCP");
    String long10k = "“<b>”".repeat(2_000);
    editor.reason(SACK, long10k);
    editor.saved(SACK);
    assertThat(portal.read(slug).at("/settings/0/reason").textValue()).isEqualTo(long10k);
    editor.open(slug, "&q=" + "%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(editor.window().page().getByText("Neither the catalog nor the draft")).isVisible();
  }

  @Test
  void aParameterIsDeclaredUsedRenamedAndGuarded() {
    String slug = portal.draft("supplied", Map.of(SACK, 1));
    editor.open(slug, "&tab=parameters");
    editor.field("parameter:name").fill("Management");
    editor.field("parameter:default").fill("eth 0");
    editor.field("parameter:description").fill(PAYLOAD);
    editor.window().button("Declare it").click();
    assertThat(message("parameter:name")).containsText("lower-case");
    editor.field("parameter:name").fill("mgmt");
    editor.window().button("Declare it").click();
    assertThat(message("parameter:default")).containsText("not the name of a network interface");
    editor.field("parameter:default").fill("");
    editor.window().button("Declare it").click();
    assertThat(editor.window().rows()).containsText("<script>alert(1)</script>\"'#{7*7}${8*8}");
    assertThat(portal.read(slug).at("/parameters/0/description").textValue()).isEqualTo(PAYLOAD);
    declare(slug, "sack", "boolean");

    editor.open(slug, "&family=Firewall");
    editor.row(PORTS.formatted("<if>")).getByRole(AriaRole.TEXTBOX).fill("${mgmt}");
    editor.window().button("Add " + PORTS.formatted("<if>")).click();
    editor.type(PORTS.formatted("${mgmt}"), "22");
    editor.saved(PORTS.formatted("${mgmt}"));
    editor.open(slug, "&q=tcp_sack");
    editor.row(SACK).getByLabel("Parameter for " + SACK).selectOption("sack");
    editor.saved(SACK);
    assertThat(editor.row(SACK)).containsText("Where sack is false: Obsolete reason");

    editor.open(slug, "&tab=parameters");
    assertThat(editor.window().rows().filter(has("mgmt"))).containsText("Can weaken it.");
    editor.window().confirm(editor.window().button("Take mgmt out"));
    assertThat(editor.window().page().getByRole(AriaRole.ALERT))
        .containsText("is used by " + PORTS.formatted("${mgmt}"));
    editor.window().link("mgmt").click();
    editor.field("parameter:name").fill("office");
    editor.window().button("Save it").click();
    assertThat(portal.read(slug).at("/settings/1/key").textValue())
        .isEqualTo(PORTS.formatted("${office}"));
    assertThat(portal.read(slug).at("/settings/0/value").textValue()).isEqualTo("${sack}");
  }

  @Test
  void eachNumberOfAVectorHasItsField() {
    String key = "net.ipv4.tcp_rmem";
    String slug = portal.draft("vector", Map.of(key, List.of(4096, 131072, 6291456)));
    editor.open(slug, "&view=draft");
    editor.row(key).getByLabel("Number 2 of " + key).fill("many");
    editor.row(key).getByLabel("Number 2 of " + key).press("Tab");
    assertThat(editor.row(key)).containsText("“many” is not a whole number");
    assertThat(editor.row(key).getByLabel("Number 2 of " + key)).hasValue("many");
    editor.row(key).getByLabel("Number 2 of " + key).fill("8192");
    editor.row(key).getByLabel("Number 2 of " + key).press("Tab");
    editor.saved(key);
    assertThat(portal.read(slug).at("/settings/0/value").toString())
        .isEqualTo("[4096,8192,6291456]");
  }

  @Test
  void twoAuthorsOfOneParameterSeeBothSides() {
    String slug = portal.draft("both-sides", Map.of(SACK, 1));
    declare(slug, "port", "port");
    editor.open(slug, "&tab=parameters&parameter=port");
    portal
        .as(Role.AUTHOR)
        .put(
            Portal.version(slug) + "/parameters",
            List.of(Map.of("name", "port", "type", "port", "max", 99)))
        .expect(200);
    editor.field("parameter:default").fill("22");
    editor.window().button("Save it").click();
    assertThat(editor.window().page().getByRole(AriaRole.DEFINITION).first())
        .containsText("\"max\":99");
    assertThat(editor.field("parameter:default")).hasValue("22");
    editor.window().button("Keep mine").click();
    assertThat(editor.window().page().getByRole(AriaRole.ALERT)).containsText("port is declared");
    assertThat(portal.read(slug).at("/parameters/0/default").intValue()).isEqualTo(22);
    assertThat(portal.read(slug).at("/parameters/0/max").intValue()).isEqualTo(65_535);
  }

  @Test
  void aDraftIsLaidOverAnApprovedVersionAndEachValueTellsItsLayer() {
    String base = portal.approved("base", Map.of(SACK, 1, "kernel.sysrq", 0));
    String slug = portal.draft("top", Map.of(SACK, 0));
    editor.open(slug, "&tab=layers");
    EditorPage other = EditorPage.signedIn(browser, "author");
    other.open(slug, "&tab=layers");
    editor.field("base:version").selectOption(base + " v1");
    editor.window().button("Lay it so").click();
    assertThat(editor.window().rows().filter(has(SACK))).containsText("over " + base + " v1: 1");
    assertThat(editor.window().rows().filter(has("kernel.sysrq"))).containsText(base + " v1");

    other.window().button("Lay it so").click();
    assertThat(other.window().page().getByRole(AriaRole.DEFINITION))
        .hasText(new String[] {base + " v1", "nothing: it stands alone"});
    other.window().button("Keep mine").click();
    assertThat(other.window().page().getByRole(AriaRole.ALERT)).containsText("stands alone");
    other.close();
    assertThat(portal.read(slug).get("extends").isNull()).isTrue();
  }

  @Test
  void layersThatContradictEachOtherAreToldWithTheirNames() {
    String base = portal.approved("base", Map.of("net.ipv4.conf.all.forwarding", 0));
    String slug = portal.draft("top", Map.of("net.ipv4.ip_forward", 1));
    editor.open(slug, "&tab=layers");
    editor.field("base:version").selectOption(base + " v1");
    editor.window().button("Lay it so").click();
    assertThat(editor.window().page().getByText("The layers do not go together")).isVisible();
    assertThat(editor.window().page().getByRole(AriaRole.MAIN)).containsText("of " + base + " v1");
    editor.window().button("Submit for review").click();
    assertThat(editor.window().page().getByRole(AriaRole.ALERT).first())
        .containsText("names of one key");
    assertThat(portal.read(slug).get("state").textValue()).isEqualTo("draft");
  }

  private void declare(String slug, String name, String type) {
    editor.open(slug, "&tab=parameters");
    editor.field("parameter:name").fill(name);
    // The choice draws the form anew: a click before that would hit a button that goes.
    editor
        .window()
        .page()
        .waitForResponse(
            answer -> answer.request().method().equals("POST"),
            () -> editor.field("parameter:type").selectOption(type));
    if (type.equals("port")) {
      assertThat(editor.field("parameter:min")).isVisible();
    }
    editor.window().button("Declare it").click();
    assertThat(editor.window().page().getByRole(AriaRole.ALERT))
        .containsText(name + " is declared");
  }

  private Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /** What stands beside a field. */
  private Locator message(String field) {
    return editor.field(field).locator("xpath=ancestor::div[contains(@class,'field')][1]");
  }
}
