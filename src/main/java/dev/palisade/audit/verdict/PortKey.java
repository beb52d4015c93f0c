package dev.palisade.audit.verdict;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an option of NixOS's firewall opens.
 *
 * @param on the interface, or null for every one
 * @param proto {@code tcp} or {@code udp}
 * @param ranges whether it holds ranges rather than single ports
 */
record PortKey(@Nullable String on, String proto, boolean ranges) {

  private static final String START = "networking.firewall.";
  private static final Pattern KEY =
      Pattern.compile(
          "networking\\.firewall\\.(?:interfaces\\.(\"?)(.+)\\1\\.)?allowed(TCP|UDP)Port(s|Ranges)");

  static @Nullable PortKey of(String key) {
    if (!key.startsWith(START)) {
      return null;
    }
    Matcher matcher = KEY.matcher(key);
    return matcher.matches()
        ? new PortKey(
            matcher.group(2),
            matcher.group(3).equals("UDP") ? "udp" : "tcp",
            matcher.group(4).equals("Ranges"))
        : null;
  }
}
