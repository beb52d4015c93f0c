package dev.palisade.core;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** How browsers and hosts reach the portal from outside. */
public final class PortalAddress {

  /** An address rather than a name, as a URI has it. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

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
   * Whether the address leads back to the machine that uses it, so that no other machine reaches
   * the portal by it.
   */
  public static boolean isLoopback() {
    String host = URI.create(of("/")).getHost();
    return host != null && isLoopback(host.toLowerCase(Locale.ROOT));
  }

  private static boolean isLoopback(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return host.equals("localhost") || host.endsWith(".localhost");
    }
    try {
      // A literal address: no name is looked up.
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || address.isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
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
