package dev.palisade.audit.foretell;

import dev.palisade.audit.verdict.CommandLine;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.profile.EffectiveSetting;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings that turn IPv6 off on a host: NixOS's own switch, the sysctl {@code disable_ipv6},
 * and parameters of the kernel's command line (admin-guide/kernel-parameters.txt, {@code ipv6.} in
 * net/ipv6/addrconf.c). Turned off, no address of that family answers any more.
 */
final class Ipv6Switch {

  private static final String ENABLE = "networking.enableIPv6";
  private static final String PARAMETERS = "boot.kernelParams";
  private static final String FAMILY = "services.openssh.settings.AddressFamily";
  private static final Pattern NON_ZERO =
      Pattern.compile("true|[+-]?(0[xX]0*[1-9a-fA-F][0-9a-fA-F]*|0*[1-9][0-9]*)");
  private static final Set<String> NAMES = Set.of("ipv6.disable", "ipv6.disable_ipv6");
  private static final Pattern SYSCTL = Pattern.compile("net\\.ipv6\\.conf\\.(.+)\\.disable_ipv6");

  /** Writing one of these reaches every interface; {@code *} is a glob of systemd-sysctl. */
  private static final Set<String> EVERYWHERE = Set.of("all", "*");

  private Ipv6Switch() {}

  /** Whether any of these keys may turn IPv6 on or off. */
  static boolean isAmong(Collection<String> keys) {
    return keys.stream()
        .anyMatch(
            key ->
                key.equals(ENABLE)
                    || key.equals(PARAMETERS)
                    || key.equals("ipv6")
                    || NAMES.contains(key)
                    || SYSCTL.matcher(key).matches());
  }

  /** Whether IPv6 is known to be off on the host now: no interface has it on again. */
  static boolean isOffNow(Prospect prospect) {
    CommandLine line = prospect.around().commandLine();
    boolean booted =
        line != null
            && NAMES.stream().map(line::last).anyMatch(word -> word != null && isOff(word.text()));
    return booted
        || ("1".equals(prospect.running("net.ipv6.conf.all.disable_ipv6"))
            && prospect.interfaces().stream()
                .filter(name -> !name.equals("lo"))
                .noneMatch(name -> "0".equals(prospect.running(disabled(name)))));
  }

  private static String disabled(String name) {
    return "net.ipv6.conf." + name.replace('.', '/') + ".disable_ipv6";
  }

  /** Whether the planned content has sshd wait at IPv4 addresses alone. */
  static Optional<String> leftOutBySsh(Prospect prospect) {
    SettingValue family = prospect.after().get(FAMILY);
    return family != null && family.display().equals("inet")
        ? Optional.of(FAMILY)
        : Optional.empty();
  }

  /**
   * The key of a setting by which the planned content turns IPv6 off on every interface; empty
   * where it leaves IPv6 on, or where it is off already.
   */
  static Optional<String> turnedOffBy(Prospect prospect) {
    return isOffNow(prospect)
        ? Optional.empty()
        : prospect.next().settings().stream()
            .filter(setting -> isOff(setting, prospect.interfaces()))
            .map(EffectiveSetting::key)
            .findFirst();
  }

  private static boolean isOff(EffectiveSetting setting, Set<String> interfaces) {
    String key = setting.key();
    SettingValue value = setting.value();
    if (setting.known().kind() == SettingKind.MODULE_BLACKLIST) {
      return key.equals("ipv6");
    }
    if (key.equals(ENABLE)) {
      return value.equals(new Bool(false));
    }
    if (key.equals(PARAMETERS)) {
      return words(value.display()).anyMatch(Ipv6Switch::isOff);
    }
    if (NAMES.contains(key)) {
      return isTrue(value.display());
    }
    Matcher sysctl = SYSCTL.matcher(key);
    return sysctl.matches() && isTrue(value.display()) && reachesAll(sysctl.group(1), interfaces);
  }

  /**
   * Of one interface alone, or of those that come up later, the setting counts where the host has
   * no interface beside it.
   */
  private static boolean reachesAll(String name, Set<String> interfaces) {
    return EVERYWHERE.contains(name)
        || (interfaces.contains(name)
            && interfaces.stream().allMatch(Set.of(name, "lo")::contains));
  }

  private static boolean isOff(String word) {
    int equals = word.indexOf('=');
    return equals > 0
        && NAMES.contains(word.substring(0, equals))
        && isTrue(word.substring(equals + 1));
  }

  private static boolean isTrue(String text) {
    return NON_ZERO.matcher(text).matches();
  }

  private static Stream<String> words(String line) {
    return Stream.of(line.split("[\\s,\\[\\]\"]+"));
  }
}
