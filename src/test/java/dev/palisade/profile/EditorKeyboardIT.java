package dev.palisade.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Keyboard;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Tools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An author who has no mouse. */
@Tag("browser")
class EditorKeyboardIT {

  private static final String COOKIES = "net.ipv4.tcp_syncookies";

  @Test
  void aWholeDraftIsWrittenByKeyboardAlone() {
    Tools.requireChromium();
    Portal portal = Portal.running();
    String slug = portal.name("by-keys");
    try (Browser browser = Browser.at(portal.address());
        Window window = browser.window()) {
      Keyboard keys = new Keyboard(window);
      window.open("/login");
      keys.to("Username").type("author").to("Password").type("the password of author");
      keys.press("Enter");
      assertThat(window.button("Sign out")).isVisible();

      keys.follow("Profiles").follow("Begin a profile");
      keys.to("Slug").type(slug).to("Name").type("By keys").follow("Begin it");
      assertThat(window.title()).hasText("Edit " + slug + " v1");

      keys.follow("Parameters 0");
      keys.to("Name").type("mgmt").to("Example").type("mgmt0").follow("Declare it");
      assertThat(window.page().getByRole(AriaRole.ALERT)).containsText("mgmt is declared");

      keys.follow("Settings 0").to("Find a setting to edit or add").type("syncookies");
      keys.enter().follow("Add " + COOKIES);
      EditorPage editor = new EditorPage(window);
      keys.to("2 always (test only)").press("Space");
      editor.saved(COOKIES);
      keys.to("Give a reason\nfor " + COOKIES)
          .press("Enter")
          .to("Reason")
          .type("By keys: “why” #{7*7}")
          .press("Tab");
      assertThat(keys.focused()).isEqualTo("Strength of " + COOKIES);
      editor.saved(COOKIES);
      keys.press("ArrowDown");
      assertThat(editor.row(COOKIES).getByLabel("Strength of " + COOKIES)).hasValue("mandatory");
      keys.press("Tab");
      editor.saved(COOKIES);

      keys.follow("Add one that the catalog lacks");
      keys.to("Key").type("net.ipv4.conf.${mgmt}.shiny").to("Type").press("Home").press("Tab");
      assertThat(editor.field("custom:type")).hasValue("bool-int");
      assertThat(editor.field("custom:min")).hasCount(0);
      keys.to("Value").type("1").to("Reason").type("It shines").follow("Put it into the draft");
      assertThat(editor.row("net.ipv4.conf.${mgmt}.shiny")).isVisible();

      keys.follow("Submit for review");
      assertThat(window.title()).hasText("Review " + slug + " v1");
      window.assertNoTrouble();
    }
    JsonNode version = portal.read(slug);
    assertThat(version.get("state").textValue()).isEqualTo("in_review");
    assertThat(version.at("/parameters/0/name").textValue()).isEqualTo("mgmt");
    assertThat(version.at("/settings/0/declared/type").textValue()).isEqualTo("bool-int");
    assertThat(version.at("/settings/1/value").intValue()).isEqualTo(2);
    assertThat(version.at("/settings/1/mandatory").booleanValue()).isTrue();
    assertThat(version.at("/settings/1/reason").textValue()).isEqualTo("By keys: “why” #{7*7}");
  }
}
