package dev.palisade.audit.verdict;

import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What an {@code all} key puts into effect on each interface, computed as the kernel does. */
final class InterfaceValues {

  private static final Pattern ALL_KEY = Pattern.compile("(net\\.ipv[46]\\.conf\\.)all\\.([^.]+)");

  /** Both are as long. */
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
      Set<String> ipv4 = new HashSet<>();
      Set<String> ipv6 = new HashSet<>();
      for (String key : evidence.sysctl().keySet()) {
        boolean first = key.startsWith(IPV4);
        if (first || key.startsWith(IPV6)) {
          int end = key.lastIndexOf('.');
          if (end > IPV4.length()) {
            (first ? ipv4 : ipv6).add(key.substring(IPV4.length(), end));
          }
        }
      }
      return new Interfaces(Map.of(IPV4, judged(ipv4), IPV6, judged(ipv6)));
    }

    private static SortedSet<String> judged(Set<String> names) {
      names.removeAll(NOT_JUDGED);
      return new TreeSet<>(names);
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

  /** Null where the kernel does not combine the setting with each interface's own value. */
  static @Nullable InterfaceValues of(Setting setting, Evidence evidence, Interfaces interfaces) {
    if (setting.combine() == CombineRule.NONE) {
      return null;
    }
    Matcher key = ALL_KEY.matcher(setting.key());
    return key.matches()
        ? new InterfaceValues(setting, key.group(1), key.group(2), evidence.sysctl(), interfaces)
        : null;
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

  /**
   * Whether an interface that the evidence does not show may have a value in effect that does not
   * hold. Where it shows {@code lo}, it shows every interface.
   */
  boolean mayBeOtherwise(long all, LongFunction<Comparison> compare) {
    return setting.combine() != CombineRule.BROADCAST
        && !sysctl.containsKey(prefix + "lo." + name)
        && LongStream.rangeClosed(0, 2)
            .flatMap(
                own ->
                    LongStream.of(
                        setting.combine().inEffect(all, own, false),
                        setting.combine().inEffect(all, own, true)))
            .anyMatch(value -> compare.apply(value) == Comparison.OTHER);
  }

  private long combine(long all, long own, String nic) {
    boolean forwards =
        setting.combine() == CombineRule.OR_UNLESS_FORWARDING
            && RunningValue.number(sysctl.getOrDefault(prefix + nic + ".forwarding", "0")).orElse(0)
                != 0;
    return setting.combine().inEffect(all, own, forwards);
  }
}
