package dev.palisade.audit.verdict;

import dev.palisade.audit.firewall.Ports;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.PortRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every port that a release lets in, all of its lists together. */
final class Approved {

  static final String TRUSTED = "networking.firewall.trustedInterfaces";
  private static final String SSH_OPENS = "services.openssh.openFirewall";

  private final Map<String, BitSet> ports = new HashMap<>();
  private final Set<String> lists = new HashSet<>();
  private final Set<String> trusted = new HashSet<>();
  private boolean trusts;

  private Approved() {}

  static Approved of(List<Expected> expected, Ways ways) {
    Approved approved = new Approved();
    boolean opensSsh = true;
    for (Expected one : expected) {
      String key = one.setting().key();
      PortKey port = PortKey.of(key);
      if (port != null) {
        approved.lists.add(key(port.proto(), port.on()) + port.ranges());
        approved.set(port.proto(), port.on()).or(Ports.set(ranges(one.value())));
      } else if (key.equals(TRUSTED) && one.value() instanceof Items names) {
        approved.trusts = true;
        names.items().forEach(name -> approved.trusted.add(name.display()));
      } else if (key.equals(SSH_OPENS)) {
        opensSsh = !one.value().equals(new Bool(false));
      }
    }
    if (opensSsh) {
      ways.sshPorts().forEach(port -> approved.set("tcp", null).set(port));
    }
    return approved;
  }

  /** The ports that a value lists. */
  static List<Ports> ranges(SettingValue value) {
    List<Ports> ranges = new ArrayList<>();
    if (value instanceof Items list) {
      for (SettingValue item : list.items()) {
        if (item instanceof Int port && port.value() >= 0 && port.value() <= Ports.LAST) {
          ranges.add(new Ports((int) port.value(), (int) port.value()));
        } else if (item instanceof PortRange range && range.from() <= range.to()) {
          ranges.add(new Ports(Math.max(range.from(), 0), Math.min(range.to(), Ports.LAST)));
        }
      }
    }
    return Ports.joined(ranges);
  }

  private BitSet set(String proto, @Nullable String on) {
    return ports.computeIfAbsent(key(proto, on), any -> new BitSet());
  }

  private static String key(String proto, @Nullable String on) {
    return proto + " " + (on == null ? "" : on) + " ";
  }

  /** What may come in by an interface; null for every one. */
  BitSet on(String proto, @Nullable String on) {
    BitSet all = (BitSet) set(proto, null).clone();
    if (on != null) {
      all.or(set(proto, on));
    }
    return all;
  }

  boolean trusts(String name) {
    return name.equals("lo") || trusted.contains(name);
  }

  /** Whether the release says which interfaces are trusted, so that others are said there. */
  boolean saysTrusted() {
    return trusts;
  }

  /** Whether what else is open by an interface is to be said at this list, of several ones. */
  boolean isSaidAt(PortKey key, @Nullable String on) {
    boolean own = on != null && (has(key.proto(), on, false) || has(key.proto(), on, true));
    @Nullable String at = own ? on : null;
    boolean here = at == null ? key.on() == null : at.equals(key.on());
    return here && (!key.ranges() || !has(key.proto(), at, false));
  }

  private boolean has(String proto, @Nullable String on, boolean ranges) {
    return lists.contains(key(proto, on) + ranges);
  }
}
