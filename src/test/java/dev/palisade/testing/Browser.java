package dev.palisade.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chromium before one portal. Each person has a window of their own, with cookies of its own. */
public final class Browser implements AutoCloseable {

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static final Set<String> TROUBLE = Set.of("error", "warning");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final URI portal;

  private Browser(URI portal) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    this.portal = portal;
    this.playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    this.chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(ARGUMENTS));
  }

  /** Starts Chromium; what its windows open by path is at this portal. */
  public static Browser at(URI portal) {
    return new Browser(portal);
  }

  /** A window for somebody who has not signed in. */
  public Window window() {
    return window(new NewContextOptions().setViewportSize(1280, 900));
  }

  /** A window of some size and look. */
  public Window window(NewContextOptions options) {
    return new Window(chromium.newContext(options.setBaseURL(portal.toString())));
  }

  @Override
  public void close() {
    playwright.close();
  }

  /** One person's window. It keeps what went wrong in it. */
  public static final class Window implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final List<String> troubles = new ArrayList<>();

    private Window(BrowserContext context) {
      this.context = context;
      context.onConsoleMessage(this::listen);
      context.onWebError(error -> troubles.add("thrown: " + error.error()));
      context.onRequestFailed(request -> troubles.add("unanswered: " + about(request)));
      context.onResponse(
          response -> {
            if (response.status() >= 400) {
              troubles.add(response.status() + ": " + about(response.request()));
            }
          });
      this.page = context.newPage();
    }

    private void listen(ConsoleMessage message) {
      if (TROUBLE.contains(message.type())) {
        troubles.add("console: " + message.text() + " at " + message.location());
      }
    }

    private static String about(Request request) {
      String failure = request.failure() == null ? "" : " " + request.failure();
      return request.method() + " " + request.url() + failure;
    }

    public Page page() {
      return page;
    }

    /** Opens a path of the portal. */
    public void open(String path) {
      page.navigate(path);
    }

    /** Opens the sign-in page and fills it in. */
    public void signIn(String username, String password) {
      open("/login");
      enter(username, password);
    }

    /** Fills in the sign-in page that is shown. */
    public void enter(String username, String password) {
      page.getByLabel("Username").fill(username);
      page.getByLabel("Password").fill(password);
      button("Sign in").click();
    }

    /** Presses a button and answers its question with yes. */
    public void confirm(Locator button) {
      button.click();
      page.locator("#confirm [data-confirm-yes]").click();
    }

    public Locator button(String name) {
      return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** A link by its whole name. */
    public Locator link(String name) {
      return page.getByRole(
          AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The one heading of the first level. */
    public Locator title() {
      return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    /** The rows of the page's tables, without the rows that head them. */
    public Locator rows() {
      return page.getByRole(AriaRole.MAIN)
          .getByRole(AriaRole.ROW)
          .filter(new Locator.FilterOptions().setHasNot(page.getByRole(AriaRole.COLUMNHEADER)));
    }

    /**
     * Fails where a script threw, a request failed or was refused, or the console holds an error or
     * a warning.
     */
    public void assertNoTrouble() {
      assertThat(troubles).as("troubles in the window at " + page.url()).isEmpty();
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
