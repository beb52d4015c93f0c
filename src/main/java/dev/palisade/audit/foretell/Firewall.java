package dev.palisade.audit.foretell;

import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.PortRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What some settings say of NixOS's firewall and of the ssh daemon. What they leave out has NixOS's
 * default: the firewall is on, and the ssh daemon opens its own ports.
 */
final class Firewall {

  static final String ENABLE = "networking.firewall.enable";
  static final String TCP = "networking.firewall.allowedTCPPorts";
  static final String UDP = "networking.firewall.allowedUDPPorts";
  static final String OUTPUT = "networking.firewall.filterOutput.enabled";
  static final String SSH_ENABLE = "services.openssh.enable";
  static final String SSH_OPEN = "services.openssh.openFirewall";
  static final String SSH_PORTS = "services.openssh.ports";
  static final String SSH_ADDRESSES = "services.openssh.listenAddresses";

  private static final String TRUSTED = "networking.firewall.trustedInterfaces";
  private static final Pattern LIST =
      Pattern.compile(
          "networking\\.firewall\\.(?:interfaces\\.(\"?)(.+)\\1\\.)?allowed(TCP|UDP)Port(?:s|Ranges)");

  private final Map<String, SettingValue> settings;

  Firewall(Map<String, SettingValue> settings) {
    this.settings = settings;
  }

  /** Whether any of these keys says something of the firewall or of the ssh daemon. */
  static boolean isConcernedBy(Collection<String> keys) {
    return keys.stream()
        .anyMatch(key -> key.startsWith("networking.") || key.startsWith("services.openssh."));
  }

  /** What the settings say of a switch; null where they do not speak of it. */
  @Nullable Boolean says(String key) {
    return settings.get(key) instanceof Bool bool ? (Boolean) bool.value() : null;
  }

  /** Whether the ssh daemon opens its own ports. */
  boolean opensSsh() {
    return !Boolean.FALSE.equals(says(SSH_OPEN)) && !Boolean.FALSE.equals(says(SSH_ENABLE));
  }

  /** The ports of the ssh daemon; empty where the settings do not speak of them. */
  SortedSet<Integer> sshPorts() {
    SortedSet<Integer> ports = new TreeSet<>();
    if (settings.get(SSH_PORTS) instanceof Items list) {
      for (SettingValue item : list.items()) {
        if (item instanceof Int port) {
          ports.add((int) port.value());
        }
      }
    }
    return ports;
  }

  /** Whether a port is open on every interface. */
  boolean opens(String proto, int port) {
    return settings.entrySet().stream()
        .anyMatch(
            entry -> {
              Matcher list = LIST.matcher(entry.getKey());
              return list.matches()
                  && list.group(2) == null
                  && isOf(list, proto)
                  && holds(entry.getValue(), port);
            });
  }

  /** Whether the settings have a list of ports, for all interfaces or for one. */
  boolean speaksOf(String proto) {
    return settings.keySet().stream()
        .map(LIST::matcher)
        .anyMatch(list -> list.matches() && isOf(list, proto));
  }

  /** The interfaces on which a port is open, and the keys that open it there. */
  Map<String, String> opensOn(String proto, int port) {
    Map<String, String> interfaces = new HashMap<>();
    settings.forEach(
        (key, value) -> {
          Matcher list = LIST.matcher(key);
          if (list.matches() && list.group(2) != null && isOf(list, proto) && holds(value, port)) {
            interfaces.put(list.group(2), key);
          } else if (key.equals(TRUSTED) && value instanceof Items names) {
            names.items().forEach(name -> interfaces.put(name.display(), TRUSTED));
          }
        });
    interfaces.keySet().removeAll(Set.of("lo"));
    return interfaces;
  }

  private static boolean isOf(Matcher list, String proto) {
    return proto.equalsIgnoreCase(list.group(3));
  }

  private static boolean holds(SettingValue value, int port) {
    return value instanceof Items list
        && list.items().stream()
            .anyMatch(
                item ->
                    (item instanceof Int one && one.value() == port)
                        || (item instanceof PortRange range
                            && range.from() <= port
                            && port <= range.to()));
  }
}
