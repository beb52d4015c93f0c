package dev.palisade.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import java.util.regex.Pattern;

/** The draft editor as one person has it open. */
record EditorPage(Window window) implements AutoCloseable {

  static EditorPage signedIn(Browser browser, String username) {
    Window window = browser.window();
    window.signIn(username, "the password of " + username);
    assertThat(window.button("Sign out")).isVisible();
    return new EditorPage(window);
  }

  /** Opens the first version of a profile; {@code place} is the rest of the address. */
  void open(String slug, String place) {
    window.open("/profile/edit?slug=" + slug + "&number=1" + place);
  }

  /** The form of one setting. */
  Locator row(String key) {
    return window
        .page()
        .getByRole(AriaRole.FORM, new Page.GetByRoleOptions().setName(key).setExact(true));
  }

  /** A field of a form that has an id of its own. */
  Locator field(String id) {
    return window.page().locator("[id='" + id + "']");
  }

  void choose(String key, String value) {
    row(key)
        .getByRole(
            AriaRole.RADIO,
            new Locator.GetByRoleOptions().setName(Pattern.compile("^" + value + "\\b")))
        .first()
        .click();
  }

  void type(String key, String text) {
    Locator value = row(key).getByLabel("Value of " + key);
    value.fill(text);
    value.press("Tab");
  }

  void reason(String key, String text) {
    Locator reason = row(key).getByLabel("Reason", exactly());
    if (!reason.isVisible()) {
      row(key).getByText("Give a reason").click();
    }
    reason.fill(text);
    reason.press("Tab");
  }

  private static Locator.GetByLabelOptions exactly() {
    return new Locator.GetByLabelOptions().setExact(true);
  }

  void saved(String key) {
    assertThat(row(key).getByRole(AriaRole.STATUS)).hasText("saved");
  }

  @Override
  public void close() {
    window.close();
  }
}
