package dev.palisade.audit.verdict;

import org.jspecify.annotations.Nullable;

/**
 * A socket on which the host waits for others.
 *
 * @param proto {@code tcp} or {@code udp}, or another word that the sender used
 * @param address without brackets; {@code *}, {@code 0.0.0.0} and {@code ::} mean every one, and an
 *     interface may follow a percent sign
 * @param process the program behind it, or null where the sender did not say
 */
public record Listener(String proto, String address, int port, @Nullable String process) {

  private static final String SSH = "sshd";

  /** How an IPv4 address is written on a socket of IPv6. */
  private static final String MAPPED = "::ffff:";

  /** Whether only the host itself reaches it. */
  public boolean isLocal() {
    String host = address.startsWith(MAPPED) ? address.substring(MAPPED.length()) : address;
    return host.startsWith("127.")
        || host.equals("::1")
        || host.equals("localhost")
        || "lo".equals(boundTo());
  }

  /**
   * Whether it can be reached by IPv6 alone. {@code ss} prints {@code *} for a socket that takes
   * both families, and {@code ::} for one that takes IPv6 only.
   */
  public boolean isIpv6Only() {
    return address.indexOf(':') >= 0 && !address.startsWith(MAPPED);
  }

  /** Whether it can be reached by IPv4 alone. */
  public boolean isIpv4Only() {
    return !isIpv6Only() && !address.startsWith("*");
  }

  /** The interface that it is bound to, or null for any. */
  public @Nullable String boundTo() {
    int percent = address.indexOf('%');
    return percent < 0 ? null : address.substring(percent + 1);
  }

  /** Whether it is the ssh daemon, by the name of its program. */
  public boolean isSsh() {
    return process != null && process.contains(SSH);
  }

  /** As people write it: {@code 0.0.0.0:22} and {@code [::]:22}. */
  public String place() {
    return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
  }
}
