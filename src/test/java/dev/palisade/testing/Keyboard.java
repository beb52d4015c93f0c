package dev.palisade.testing;

import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Somebody without a mouse before a window. */
public final class Keyboard {

  private static final int MOST_STEPS = 400;
  private static final String NAME =
      """
      () => {
        const at = document.activeElement;
        const label = at.labels?.length ? at.labels[0].innerText : "";
        return (at.getAttribute("aria-label") || label || at.innerText || at.title || "").trim();
      }
      """;

  private final Page page;

  public Keyboard(Browser.Window window) {
    this.page = window.page();
  }

  /** Goes forward by Tab until what has the focus is called so. */
  public Keyboard to(String name) {
    StringBuilder passed = new StringBuilder();
    for (int step = 0; step < MOST_STEPS; step++) {
      page.keyboard().press("Tab");
      String focused = (String) page.evaluate(NAME);
      if (focused.equals(name)) {
        return this;
      }
      passed.append(focused).append(" | ");
    }
    throw new AssertionError("Tab never came to “" + name + "”: " + passed);
  }

  /** Goes to a link or button and follows it, until another page is there. */
  public Keyboard follow(String name) {
    return to(name).enter();
  }

  /** Presses Enter where that leads to another page, and waits for it. */
  public Keyboard enter() {
    AtomicBoolean arrived = new AtomicBoolean();
    Consumer<Page> listener = anyPage -> arrived.set(true);
    page.onDOMContentLoaded(listener);
    page.keyboard().press("Enter");
    page.waitForCondition(arrived::get);
    page.offDOMContentLoaded(listener);
    return this;
  }

  public Keyboard type(String text) {
    page.keyboard().type(text);
    return this;
  }

  public Keyboard press(String key) {
    page.keyboard().press(key);
    return this;
  }

  /** What has the focus, as a screen reader would call it. */
  public String focused() {
    return (String) page.evaluate(NAME);
  }
}
