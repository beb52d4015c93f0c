package dev.palisade.audit.verdict;

import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an {@code all} key puts into effect on each interface, computed as the kernel does. */
final class InterfaceValues {

  private static final Pattern ALL_KEY = Pattern.compile("(net\\.ipv[46]\\.conf\\.)all\\.([^.]+)");

  private static final String IPV4 = "net.ipv4.conf.";
  private static final String IPV6 = "net.ipv6.conf.";

  /** Not a way in from outside: {@code lo} proves nothing, the other two are no interfaces. */
  private static final Set<String> NOT_JUDGED = Set.of("all", "default", "lo");

  private final Setting setting;
  private final String prefix;
  private final String name;
  private final Map<String, String> sysctl;
  private final Interfaces interfaces;

  /** The interfaces of each address family, in name order, found once for all keys. */
  record Interfaces(Map<String, SortedSet<String>> byPrefix) {

    static Interfaces of(Evidence evidence) {
      Map<String, SortedSet<String>> found = new HashMap<>();
      for (String key : evidence.sysctl().keySet()) {
        int start = key.startsWith(IPV4) ? IPV4.length() : key.startsWith(IPV6) ? IPV6.length() : 0;
        int end = key.lastIndexOf('.');
        if (start > 0 && end > start && !NOT_JUDGED.contains(key.substring(start, end))) {
          found
              .computeIfAbsent(key.substring(0, start), any -> new TreeSet<>())
              .add(key.substring(start, end));
        }
      }
      return new Interfaces(found);
    }

    /** The names of those of a family, whose keys begin with this. */
    SortedSet<String> of(String prefix) {
      return byPrefix.getOrDefault(prefix, new TreeSet<>());
    }
  }

  private InterfaceValues(
      Setting setting,
      String prefix,
      String name,
      Map<String, String> sysctl,
      Interfaces interfaces) {
    this.setting = setting;
    this.prefix = prefix;
    this.name = name;
    this.sysctl = sysctl;
    this.interfaces = interfaces;
  }

  /** Whether the kernel combines this setting with each interface's own value. */
  static boolean isCombined(Setting setting) {
    return setting.combine() != CombineRule.NONE && ALL_KEY.matcher(setting.key()).matches();
  }

  static InterfaceValues of(Setting setting, Evidence evidence, Interfaces interfaces) {
    Matcher key = ALL_KEY.matcher(setting.key());
    if (!key.matches()) {
      throw new IllegalArgumentException("Not a key for all interfaces: " + setting.key());
    }
    return new InterfaceValues(setting, key.group(1), key.group(2), evidence.sysctl(), interfaces);
  }

  /** The key that reaches every interface as well: systemd-sysctl expands it. */
  Fix globFix(SettingValue expected) {
    return new Fix(prefix + "*." + name, expected.display());
  }

  /** Effective numbers by interface, in name order; interfaces without a number are left out. */
  Map<String, Long> effective(long all) {
    Map<String, Long> effective = new TreeMap<>();
    for (String nic : interfaces.of(prefix)) {
      String own = sysctl.get(prefix + nic + "." + name);
      OptionalLong number = own == null ? OptionalLong.empty() : RunningValue.number(own);
      if (number.isPresent()) {
        effective.put(nic, combine(all, number.getAsLong(), nic));
      }
    }
    return effective;
  }

  private long combine(long all, long own, String nic) {
    boolean forwards =
        RunningValue.number(sysctl.getOrDefault(prefix + nic + ".forwarding", "0")).orElse(0) != 0;
    return setting.combine().inEffect(all, own, forwards);
  }
}
