package dev.palisade.core;

import java.net.URI;

/** How browsers and hosts reach the portal from outside. */
public final class PortalAddress {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private PortalAddress() {}

  /**
   * The full address of a path.
   *
   * @param path begins with a slash
   */
  public static String of(String path) {
    return System.getProperty("palisade.base.url", "http://localhost:8080") + path;
  }

  /**
   * The port at which it answers on a machine of this name.
   *
   * @return 0 where the portal is not known to run on it
   */
  public static int portOn(String machine) {
    return isOf(machine) ? port() : 0;
  }

  private static int port() {
    URI address = URI.create(of("/"));
    if (address.getPort() > 0) {
      return address.getPort();
    }
    return "http".equals(address.getScheme()) ? HTTP : HTTPS;
  }

  /** Whether a machine of this name, with or without its domain, is where it answers. */
  private static boolean isOf(String machine) {
    String host = URI.create(of("/")).getHost();
    return host != null && (host.equals(machine) || host.startsWith(machine + "."));
  }
}
