package dev.palisade.pictures;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.PortalProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the pictures of the documentation anew, from a demo portal, in both looks. */
public final class Pictures {

  private static final String ACCOUNT_PASSWORD = "palisade-demo";
  private static final Path FOLDER = Path.of("docs", "images");
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 860;

  private Pictures() {}

  public static void main(String[] arguments) {
    try (PortalProcess portal =
        PortalProcess.start(PortalProcess.freshDirectory("pictures"), Map.of(), "--demo")) {
      portal.awaitReady();
      Map<String, ?> copy = Map.of("copyOf", Map.of("slug", "homelab-lan", "number", 2));
      portal
          .caller()
          .signedIn("author", ACCOUNT_PASSWORD)
          .post("/api/v1/profiles/homelab-lan/versions", copy)
          .expect(201);
      try (Browser browser = Browser.at(portal.address())) {
        for (ColorScheme look : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          take(browser, look, "author", ofAuthor());
          take(browser, look, "approver", ofApprover());
          take(browser, look, "operator", Map.of("host", "/fleet/detail?name=atlas"));
        }
      }
    }
  }

  private static Map<String, String> ofAuthor() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("editor", "/profile/edit?slug=homelab-lan&number=3");
    return pages;
  }

  private static Map<String, String> ofApprover() {
    String review = "/profile/version?slug=homelab-lan&number=2&tab=";
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("dashboard", "/");
    pages.put("review", review + "changes");
    pages.put("impact", review + "impact");
    return pages;
  }

  private static void take(
      Browser browser, ColorScheme look, String person, Map<String, String> pages) {
    NewContextOptions options =
        new NewContextOptions().setViewportSize(WIDTH, HEIGHT).setColorScheme(look);
    try (Window window = browser.window(options)) {
      window.signIn(person, ACCOUNT_PASSWORD);
      window.button("Sign out").waitFor();
      pages.forEach(
          (name, path) -> {
            window.open(path);
            String file = name + (look == ColorScheme.DARK ? "-dark" : "") + ".png";
            window.page().screenshot(new ScreenshotOptions().setPath(FOLDER.resolve(file)));
          });
    }
  }
}
