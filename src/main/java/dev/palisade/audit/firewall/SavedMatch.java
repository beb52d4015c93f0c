package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the conditions of one rule of iptables. */
final class SavedMatch {

  /** Modules whose conditions depend on who sends, when, or how often; by the words for them. */
  private static final Map<String, String> PARTIAL =
      Map.ofEntries(
          Map.entry("limit", "up to a rate"),
          Map.entry("hashlimit", "up to a rate"),
          Map.entry("connlimit", "up to a number"),
          Map.entry("recent", "by what was seen before"),
          Map.entry("set", "by a set of addresses"),
          Map.entry("mac", "by hardware address"),
          Map.entry("iprange", "by range of addresses"),
          Map.entry("mark", "by mark"),
          Map.entry("connmark", "by mark"),
          Map.entry("connbytes", "by volume"),
          Map.entry("string", "by content"),
          Map.entry("u32", "by content"),
          Map.entry("bpf", "by content"),
          Map.entry("time", "by time"),
          Map.entry("length", "by length"),
          Map.entry("ttl", "by distance"),
          Map.entry("hl", "by distance"),
          Map.entry("tos", "by type of service"),
          Map.entry("dscp", "by type of service"),
          Map.entry("statistic", "by chance"),
          Map.entry("geoip", "by country"),
          Map.entry("policy", "by IPsec"),
          Map.entry("helper", "by helper"),
          Map.entry("owner", "by owner"));

  /** Modules that ask for nothing by their name alone. */
  private static final Set<String> ASKING =
      Set.of(
          "tcp",
          "udp",
          "icmp",
          "icmp6",
          "multiport",
          "conntrack",
          "state",
          "comment",
          "addrtype",
          "pkttype",
          "rpfilter",
          "sctp",
          "dccp");

  /** Options whose next word is a text, whatever it looks like. */
  private static final Set<String> TEXTS = Set.of("--comment", "--string", "--hex-string");

  private static final Set<String> ECHO = Set.of("8", "128", "echo-request", "any", "255");
  private static final Set<String> UNICAST = Set.of("unicast", "host");
  private final Family family;
  private Packets packets = Packets.ANY;
  private String module = "";
  private boolean tests;
  private boolean loose;
  private boolean inverted;
  private @Nullable String proto;

  SavedMatch(Family family) {
    this.family = family;
  }

  Packets packets() {
    return packets;
  }

  /** What is known of a module's condition by its name alone. */
  static Packets named(String module) {
    if (module.equals("comment")) {
      return Packets.ANY;
    }
    String words = module.equals("pkttype") ? "to several hosts at once" : PARTIAL.get(module);
    return words == null ? Packets.riddle("xt " + module) : Packets.only(words);
  }

  Rule.@Nullable PathTest path() {
    return tests ? new Rule.PathTest(!loose, !inverted, true) : null;
  }

  /** Reads one option and its values; where the next one stands. */
  int read(List<String> words, int at) {
    boolean not = words.get(at).equals("!");
    int option = not ? at + 1 : at;
    int end = option + 1;
    if (option < words.size() && TEXTS.contains(words.get(option))) {
      end = Math.min(option + 2, words.size());
    }
    while (end < words.size() && !words.get(end).startsWith("-") && !words.get(end).equals("!")) {
      end++;
    }
    if (option < words.size()) {
      List<String> values = words.subList(Math.min(option + 1, end), end);
      condition(words.get(option), not, values);
    }
    return end;
  }

  private void condition(String option, boolean not, List<String> values) {
    String value = values.isEmpty() ? "" : values.get(0);
    switch (option) {
      case "-m" -> module(value);
      case "-o" -> and(Packets.only((not ? "not out by " : "out by ") + value));
      case "--dst-type" -> and(destination(value, not));
      case "--comment", "--validmark", "--accept-local" -> {}
      case "-p" -> protocol(value.toLowerCase(Locale.ROOT), not);
      case "-i" -> and(onInterface(value, not));
      case "-s" -> and(Packets.only((not ? "not " : "") + "from " + value));
      case "-d" -> and(Packets.only((not ? "not " : "") + "to " + value));
      case "--dport", "--dports" -> and(ports(value, not));
      case "--syn" -> and(not ? Packets.notFresh() : Packets.ANY);
      case "--ctstate", "--state" ->
          and(Packets.inState(lowerCase(value), not, "by state of the connection"));
      case "--icmp-type", "--icmpv6-type" ->
          and(Packets.icmp(family.icmp(), ECHO.contains(value.split("/", 2)[0]) != not));
      case "--tcp-flags" ->
          and(
              values.size() == 2
                  ? Packets.flags(flags(values.get(0)), flags(values.get(1)), not)
                  : Packets.riddle(option));
      case "--pkt-type" ->
          and(
              UNICAST.contains(value) != not
                  ? Packets.ANY
                  : Packets.only("to several hosts at once"));
      case "--loose" -> loose = true;
      case "--invert" -> inverted = true;
      default -> other(option);
    }
  }

  /** A connection from outside goes to an address of this host. */
  private static Packets destination(String types, boolean not) {
    boolean local = List.of(types.split(",", -1)).contains("LOCAL");
    return local && !not ? Packets.ANY : Packets.only("by kind of address");
  }

  private void module(String name) {
    module = name;
    if (name.equals("rpfilter")) {
      tests = true;
    }
    if (PARTIAL.containsKey(name)) {
      and(Packets.only(PARTIAL.getOrDefault(name, "")));
    } else if (!ASKING.contains(name)) {
      and(Packets.riddle("-m " + name));
    }
  }

  /**
   * What a module asks for besides; a further word of one that depends on the sender is its own.
   */
  private void other(String option) {
    if (option.equals("--src-type") || option.startsWith("--limit-iface")) {
      and(Packets.only("by kind of address"));
    } else if (option.equals("--sport") || option.equals("--sports") || option.startsWith("--ct")) {
      and(Packets.only("by " + option.substring(2)));
    } else if (!PARTIAL.containsKey(module)) {
      and(Packets.riddle(option));
    }
  }

  private void and(Packets more) {
    packets = packets.and(more);
  }

  private void protocol(String name, boolean not) {
    if (not) {
      and(Packets.ofOthers(Set.of(name)));
    } else if (!name.equals("all") && !name.equals("0")) {
      and(Packets.of(Set.of(name)));
      proto = name.equals("6") ? "tcp" : name.equals("17") ? "udp" : name;
    }
  }

  private static Packets onInterface(String name, boolean not) {
    if (not) {
      return name.equals("lo") ? Packets.ANY : Packets.only("not on " + name);
    }
    return name.equals("+") || name.isEmpty()
        ? Packets.ANY
        : Packets.on(
            Set.of(name.endsWith("+") ? name.substring(0, name.length() - 1) + "*" : name));
  }

  private Packets ports(String list, boolean not) {
    List<Ports> ranges = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String[] ends = part.split(":", 2);
      int from = port(ends[0], 0);
      int to = ends.length == 1 ? from : port(ends[1], Ports.LAST);
      if (from < 0 || to < from) {
        return Packets.riddle("--dport " + list);
      }
      ranges.add(new Ports(from, to));
    }
    List<Ports> joined = Ports.joined(ranges);
    String of = "tcp".equals(proto) || "udp".equals(proto) ? proto : null;
    return Packets.to(of, not ? Ports.others(joined) : joined);
  }

  private static int port(String text, int open) {
    if (text.isEmpty()) {
      return open;
    }
    if (text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port <= Ports.LAST ? port : -1;
  }

  private static Set<String> flags(String list) {
    return switch (list) {
      case "NONE" -> Set.of();
      case "ALL" -> Set.of("syn", "ack", "fin", "rst", "urg", "psh");
      default -> lowerCase(list);
    };
  }

  private static Set<String> lowerCase(String list) {
    return new HashSet<>(List.of(list.toLowerCase(Locale.ROOT).split(",", -1)));
  }
}
