package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of nftables: what packets a match, or one element of a map, speaks of. */
final class NftMatch {

  private static final int MOST_CASES = 4_096;
  private static final Set<String> INTERFACE = Set.of("iifname", "iif");

  /** What meta tells of a packet by which ports and interfaces are told apart. */
  static final Set<String> DECIDING =
      Set.of("iifname", "iif", "nfproto", "protocol", "l4proto", "pkttype");

  static final Set<String> PLAIN = Set.of("==", "in", "!=");
  private static final Set<String> ECHO = Set.of("echo-request", "8", "128");
  private static final Map<String, String> ETHERTYPES = Map.of("ip", "ipv4", "ip6", "ipv6");

  private final Family family;
  private final NftSets sets;
  private final String table;
  private final RuleBook book;

  NftMatch(Family family, NftSets sets, String table, RuleBook book) {
    this.family = family;
    this.sets = sets;
    this.table = table;
    this.book = book;
  }

  /** The packets of a match, as cases of which any will do. */
  List<Packets> match(JsonNode match) {
    JsonNode left = match.path("left");
    String op = match.path("op").asText("==").replaceFirst("^!$", "!=");
    if (left.has("&")) {
      return List.of(NftBits.read(left.get("&"), op, match.path("right")));
    }
    List<JsonNode> values = new ArrayList<>();
    boolean temporary = false;
    boolean limited = sets.hasLimits(table, match.path("right"));
    JsonNode right = match.path("right");
    if (right.isTextual() && right.textValue().startsWith("@")) {
      if (!sets.has(table, right)) {
        return List.of(Packets.riddle("the set " + right.textValue()));
      }
      temporary = NftSets.isTemporary(right);
      for (JsonNode element : sets.elements(table, right)) {
        temporary |= element.path("elem").has("timeout");
        limited |= NftRules.isLimit(element.path("elem"));
        values.add(bare(element));
      }
    } else if (right.path("set").isArray()) {
      right.get("set").forEach(element -> values.add(bare(element)));
    } else if (right.isArray()) {
      right.forEach(values::add);
    } else {
      values.add(right);
    }
    book.spend(values.size());
    List<Packets> cases =
        left.path("concat").isArray()
            ? concat(left.get("concat"), op, values)
            : List.of(one(left, op, values));
    if (limited) {
      cases = cases.stream().map(one -> one.and(Packets.only("up to a rate"))).toList();
    }
    return temporary ? cases.stream().map(Packets::temporarily).toList() : cases;
  }

  /** The packets of one key of a map. */
  List<Packets> element(JsonNode key, JsonNode element) {
    List<JsonNode> values = List.of(bare(element));
    return key.path("concat").isArray()
        ? concat(key.get("concat"), "==", values)
        : List.of(one(key, "==", values));
  }

  /** The packets that have what a key is made of. */
  Packets having(JsonNode key) {
    JsonNode bare = bare(key);
    if (bare.path("concat").isArray()) {
      Packets all = Packets.ANY;
      for (JsonNode part : bare.get("concat")) {
        all = all.and(having(part));
      }
      return all;
    }
    String protocol = bare.path("payload").path("protocol").asText("");
    return switch (protocol) {
      case "", "th", "ether", "vlan" -> Packets.ANY;
      case "ip", "ip6" -> inFamily(protocol.equals(family.table()));
      case "icmp", "icmpv6", "tcp", "udp" -> Packets.of(Set.of(protocol));
      default -> Packets.only("by " + protocol);
    };
  }

  private static JsonNode bare(JsonNode element) {
    JsonNode inner = element.path("elem").path("val");
    return inner.isMissingNode() ? element : inner;
  }

  private List<Packets> concat(JsonNode keys, String op, List<JsonNode> values) {
    if (!op.equals("==") && !op.equals("in")) {
      return List.of(Packets.riddle("a combination with " + op));
    }
    if (values.size() > MOST_CASES) {
      return List.of(Packets.riddle("a set of more than " + MOST_CASES + " combinations"));
    }
    List<Packets> cases = new ArrayList<>();
    for (JsonNode value : values) {
      Packets packets = Packets.ANY;
      for (int i = 0; i < keys.size(); i++) {
        packets = packets.and(one(keys.get(i), "==", List.of(bare(value.path("concat").path(i)))));
      }
      cases.add(packets);
    }
    return cases;
  }

  private Packets one(JsonNode key, String op, List<JsonNode> values) {
    boolean not = op.equals("!=");
    boolean plain = isPlain(op, values);
    if (key.has("meta")) {
      String of = key.get("meta").path("key").asText();
      return plain || !DECIDING.contains(of) ? meta(of, not, values) : Packets.riddle("meta " + of);
    }
    if (key.has("payload")) {
      JsonNode payload = key.get("payload");
      return payload(payload.path("protocol").asText(), payload.path("field").asText(), op, values);
    }
    if (key.path("ct").path("key").asText().equals("state")) {
      return plain ? Packets.inState(texts(values), not, "untracked") : Packets.riddle("ct state");
    }
    if (key.path("fib").path("result").asText().equals("type")
        && key.path("fib").path("flags").toString().contains("daddr")
        && plain
        && !not
        && texts(values).contains("local")) {
      return Packets.ANY;
    }
    String kind = key.isObject() && key.size() > 0 ? key.fieldNames().next() : "";
    return switch (kind) {
      case "ct", "fib", "rt", "socket", "numgen", "exthdr", "ip option", "tcp option" ->
          Packets.only("by " + kind);
      default -> Packets.riddle(kind.isEmpty() ? "a match" : kind);
    };
  }

  /** Whether it compares with single values, and no more than whether they are equal. */
  private static boolean isPlain(String op, List<JsonNode> values) {
    return PLAIN.contains(op) && values.stream().allMatch(JsonNode::isValueNode);
  }

  private Packets meta(String key, boolean not, List<JsonNode> values) {
    if (INTERFACE.contains(key)) {
      Set<String> names = texts(values);
      if (not) {
        Set<String> outside = new TreeSet<>(names);
        outside.remove("lo");
        return outside.isEmpty()
            ? Packets.ANY
            : Packets.only("not on " + String.join(" ", outside));
      }
      return Packets.on(names);
    }
    return switch (key) {
      case "nfproto" -> inFamily(texts(values).contains(family.nfproto()) != not);
      case "protocol" ->
          inFamily(
              texts(values).stream()
                      .anyMatch(
                          name -> family.nfproto().equals(ETHERTYPES.getOrDefault(name, name)))
                  != not);
      case "l4proto" -> protocols(texts(values), not);
      case "oifname", "oif" ->
          Packets.only((not ? "not out by " : "out by ") + String.join(" ", texts(values)));
      case "pkttype" -> {
        Set<String> types = texts(values);
        boolean own = types.contains("host") || types.contains("unicast");
        yield own != not ? Packets.ANY : Packets.only("to several hosts at once");
      }
      default -> Packets.only("by meta " + key);
    };
  }

  private static Packets inFamily(boolean is) {
    return is ? Packets.ANY : Packets.none();
  }

  private static Packets protocols(Set<String> names, boolean not) {
    Set<String> lower =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return not ? Packets.ofOthers(lower) : Packets.of(lower);
  }

  private Packets payload(String protocol, String field, String op, List<JsonNode> values) {
    boolean not = op.equals("!=");
    boolean plain = isPlain(op, values);
    switch (protocol) {
      case "tcp", "udp", "th" -> {
        String proto = protocol.equals("th") ? null : protocol;
        if (field.equals("dport")) {
          List<Ports> ports = ports(op, values);
          return ports == null ? Packets.riddle(protocol + " dport") : Packets.to(proto, ports);
        }
        return (proto == null ? Packets.ANY : Packets.of(Set.of(proto)))
            .and(Packets.only("by " + protocol + " " + field));
      }
      case "icmp", "icmpv6" -> {
        if (!protocol.equals(family.icmp())) {
          return Packets.none();
        }
        Packets icmp = Packets.of(Set.of(protocol));
        if (!field.equals("type")) {
          return icmp.and(Packets.only("by " + protocol + " " + field));
        }
        return plain
            ? Packets.icmp(protocol, texts(values).stream().anyMatch(ECHO::contains) != not)
            : icmp.and(Packets.riddle(protocol + " type"));
      }
      case "ip", "ip6" -> {
        if (!protocol.equals(family.table())) {
          return Packets.none();
        }
        if (field.equals("protocol") || field.equals("nexthdr")) {
          return plain ? protocols(texts(values), not) : Packets.riddle(protocol + " " + field);
        }
        String way = field.equals("saddr") ? "from " : field.equals("daddr") ? "to " : field + " ";
        return Packets.only((not ? "not " : "") + way + addresses(values));
      }
      case "sctp", "dccp", "udplite", "ah", "esp" -> {
        return Packets.of(Set.of(protocol));
      }
      default -> {
        return protocol.isEmpty()
            ? Packets.riddle("bytes at a place in the packet")
            : Packets.only("by " + protocol + " " + field);
      }
    }
  }

  private static String addresses(List<JsonNode> values) {
    List<String> words = new ArrayList<>();
    for (JsonNode value : values.subList(0, Math.min(values.size(), 3))) {
      JsonNode prefix = value.path("prefix");
      JsonNode range = value.path("range");
      words.add(
          prefix.isObject()
              ? prefix.path("addr").asText() + "/" + prefix.path("len").asText()
              : range.isArray()
                  ? range.path(0).asText() + "-" + range.path(1).asText()
                  : value.asText());
    }
    return words.isEmpty()
        ? "a set of addresses"
        : String.join(" ", words) + (values.size() > words.size() ? " and others" : "");
  }

  private static Set<String> texts(List<JsonNode> values) {
    Set<String> texts = new HashSet<>();
    values.forEach(value -> texts.add(value.asText()));
    return texts;
  }

  private static @Nullable List<Ports> ports(String op, List<JsonNode> values) {
    List<Ports> ranges = new ArrayList<>();
    for (JsonNode value : values) {
      JsonNode range = value.path("range");
      int from = port(range.isArray() ? range.path(0) : value);
      int to = range.isArray() ? port(range.path(1)) : from;
      if (from < 0 || to < from) {
        return null;
      }
      ranges.add(new Ports(from, to));
    }
    List<Ports> joined = Ports.joined(ranges);
    int first = joined.isEmpty() ? 0 : joined.get(0).from();
    return switch (op) {
      case "==", "in" -> joined;
      case "!=" -> Ports.others(joined);
      case "<" -> first == 0 ? List.of() : List.of(new Ports(0, first - 1));
      case "<=" -> List.of(new Ports(0, first));
      case ">" -> first == Ports.LAST ? List.of() : List.of(new Ports(first + 1, Ports.LAST));
      case ">=" -> List.of(new Ports(first, Ports.LAST));
      default -> null;
    };
  }

  private static int port(JsonNode node) {
    return node.isInt() && node.intValue() >= 0 && node.intValue() <= Ports.LAST
        ? node.intValue()
        : -1;
  }

  /** Whether a lookup asks by which interface a packet's sender is reached. */
  static boolean isWayBack(JsonNode fib) {
    return fib.path("result").asText().startsWith("oif") && has(fib.path("flags"), "saddr");
  }

  private static boolean has(JsonNode flags, String name) {
    if (flags.isTextual()) {
      return flags.textValue().equals(name);
    }
    for (JsonNode flag : flags) {
      if (flag.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The test of the way back that a match with such a lookup makes. */
  static Rule.PathTest pathTest(JsonNode match) {
    JsonNode right = match.path("right");
    boolean exists = right.isBoolean() ? right.booleanValue() : right.asInt(1) != 0;
    boolean negated = match.path("op").asText().equals("!=");
    return new Rule.PathTest(
        has(match.path("left").path("fib").path("flags"), "iif"), exists != negated, true);
  }
}
