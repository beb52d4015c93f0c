package dev.palisade.core;

/** How browsers and hosts reach the portal from outside. */
public final class PortalAddress {

  private PortalAddress() {}

  /**
   * The full address of a path.
   *
   * @param path begins with a slash
   */
  public static String of(String path) {
    return System.getProperty("palisade.base.url", "http://localhost:8080") + path;
  }
}
