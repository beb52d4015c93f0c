package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.audit.firewall.Family;
import dev.palisade.audit.firewall.Inbound;
import dev.palisade.audit.firewall.Ports;
import dev.palisade.audit.firewall.Ruleset;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of JSON evidence that are no running values. What is left out or null is not
 * said; a known member of another type is refused, naming it.
 */
final class SurroundingsReader {

  private static final int MOST_ITEMS = 10_000;
  private static final int LONGEST = 16_384;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 1_000;
  private static final Pattern PROTO = Pattern.compile("[a-z][a-z0-9-]{0,15}");
  private static final Pattern NOT_IN_ADDRESS = Pattern.compile("[\\p{Cntrl}\\s]");

  /** What differs between two readings of one ruleset: counters, handles, clocks. */
  private static final Set<String> VOLATILE =
      Set.of("counter", "handle", "metainfo", "packets", "bytes", "expires");

  private static final Pattern VOLATILE_TEXT = Pattern.compile("(?m)\\[\\d+:\\d+]|^#.*$");

  private static final Pattern NFT_TEXT =
      Pattern.compile(
          "\\s*(#[^\n]*\\s*){0,5}(flush ruleset|table (inet|ip|ip6|arp|bridge|netdev) [^\n{]{1,200}\\{)");

  private final ObjectNode root;

  private SurroundingsReader(ObjectNode root) {
    this.root = root;
  }

  static Surroundings read(ObjectNode root) {
    SurroundingsReader reader = new SurroundingsReader(root);
    return new Surroundings(
        reader.listeners(),
        reader.firewall(),
        reader.sshd(),
        reader.modules(),
        reader.line("cmdline"),
        KernelState.parse(
            reader.line("lockdown"), reader.line("sigEnforce"), reader.line("architecture")),
        reader.line("systemCurrent"),
        reader.line("systemBooted"),
        ProfileReader.read(root),
        reader.notRead());
  }

  private @Nullable List<Listener> listeners() {
    JsonNode list = array(root, "/listeners");
    if (list == null) {
      return null;
    }
    List<Listener> listeners = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      listeners.add(listener(list.get(i), "/listeners/" + i));
    }
    return listeners;
  }

  private static Listener listener(JsonNode node, String pointer) {
    if (!node.isObject()) {
      throw DomainException.notValid(pointer, "A listener is {proto, address, port, process?}.");
    }
    String proto = text(node.path("proto"), pointer + "/proto").toLowerCase(Locale.ROOT);
    if (!PROTO.matcher(proto).matches()) {
      throw DomainException.notValid(pointer + "/proto", "A protocol is tcp or udp.");
    }
    String address = text(node.path("address"), pointer + "/address").replaceAll("[\\[\\]]", "");
    if (NOT_IN_ADDRESS.matcher(address).find()) {
      throw DomainException.notValid(pointer + "/address", "An address is one word.");
    }
    JsonNode process = node.path("process");
    boolean nameless =
        process.isMissingNode()
            || process.isNull()
            || (process.isTextual() && process.textValue().isBlank());
    return new Listener(
        proto.startsWith("tcp") ? "tcp" : proto.startsWith("udp") ? "udp" : proto,
        address,
        port(node.path("port"), pointer + "/port"),
        nameless ? null : text(process, pointer + "/process"));
  }

  private @Nullable FirewallState firewall() {
    JsonNode node = root.path("firewall");
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isObject()) {
      throw DomainException.notValid("/firewall", "A firewall is {backend, openTcp[], openUdp[]}.");
    }
    String backend = backend(node.path("backend"));
    String fingerprint = Digest.of(steady(node).toString()).hex();
    SortedSet<Integer> tcp = ports(node, "/firewall/openTcp");
    SortedSet<Integer> udp = ports(node, "/firewall/openUdp");
    JsonNode rules = rules(node, "ruleset");
    JsonNode rules6 = rules(node, "ruleset6");
    if (rules != null) {
      boolean one = rules.isObject();
      return FirewallState.ofRules(
          backend,
          Ruleset.read(rules, saved(node, "saved"), Family.IPV4),
          one
              ? Ruleset.read(rules, saved(node, "saved6"), Family.IPV6)
              : rules6 == null ? null : Ruleset.read(rules6, Family.IPV6),
          fingerprint);
    }
    Inbound listed = Listed.inbound(backend, tcp, udp);
    return new FirewallState(backend, tcp, udp, listed, listed, fingerprint);
  }

  private static @Nullable String backend(JsonNode node) {
    return node.isMissingNode() || node.isNull()
        ? null
        : text(node, "/firewall/backend").toLowerCase(Locale.ROOT);
  }

  private static @Nullable JsonNode rules(JsonNode firewall, String member) {
    JsonNode rules = firewall.path(member);
    if (rules.isMissingNode() || rules.isNull()) {
      return null;
    }
    if (!rules.isTextual() && !rules.isObject()) {
      throw DomainException.notValid(
          "/firewall/" + member,
          "Rules are the object that nft -j prints, or the text that iptables-save prints.");
    }
    if (rules.isTextual() && NFT_TEXT.matcher(rules.textValue()).lookingAt()) {
      throw DomainException.notValid(
          "/firewall/" + member,
          "This is the text of “nft list ruleset”, which is not read. Send the object that “nft -j"
              + " list ruleset” prints.");
    }
    return rules;
  }

  /** The text of iptables-save that stands beside the object of nft. */
  private static JsonNode saved(JsonNode firewall, String member) {
    JsonNode saved = firewall.path(member);
    if (!saved.isMissingNode() && !saved.isNull() && !saved.isTextual()) {
      throw DomainException.notValid(
          "/firewall/" + member, "Saved rules are the text that iptables-save prints.");
    }
    return saved;
  }

  private static @Nullable SortedSet<Integer> ports(JsonNode firewall, String pointer) {
    JsonNode list = array(firewall, pointer);
    if (list == null) {
      return null;
    }
    SortedSet<Integer> ports = new TreeSet<>();
    for (int i = 0; i < list.size(); i++) {
      ports.add(port(list.get(i), pointer + "/" + i));
    }
    return ports;
  }

  private @Nullable Map<String, String> sshd() {
    JsonNode node = root.path("sshd");
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isObject() || node.size() > MOST_ITEMS) {
      throw DomainException.notValid(
          "/sshd", "What sshd is set to is an object of name and value.");
    }
    Map<String, String> values = new HashMap<>();
    node.properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey().toLowerCase(Locale.ROOT),
                    values(entry.getValue(), "/sshd/" + escaped(entry.getKey()))));
    return values;
  }

  /** A value, or several with a space between them. */
  private static String values(JsonNode node, String pointer) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : node.isArray() ? node : List.of(node)) {
      if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
        throw DomainException.notValid(pointer, "A value is a text, a whole number, or a list.");
      }
      values.add(value.asText());
    }
    return bounded(pointer, String.join(" ", values), LONGEST);
  }

  private @Nullable Set<String> modules() {
    JsonNode list = array(root, "/modules");
    if (list == null) {
      return null;
    }
    Set<String> modules = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      modules.add(text(list.get(i), "/modules/" + i).replace('-', '_'));
    }
    return modules;
  }

  /** Lines that name a part and say why it could not be read. */
  private Map<String, String> notRead() {
    Map<String, String> reasons = new HashMap<>();
    JsonNode list = array(root, "/notRead");
    for (int i = 0; list != null && i < list.size(); i++) {
      if (!list.get(i).isTextual()) {
        throw DomainException.notValid("/notRead/" + i, "This is one line of text.");
      }
      String line = bounded("/notRead/" + i, list.get(i).textValue(), LONGEST_REASON);
      int colon = line.indexOf(':');
      if (colon > 0) {
        reasons.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return reasons;
  }

  private @Nullable String line(String member) {
    JsonNode node = root.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw DomainException.notValid("/" + member, "This is one line of text.");
    }
    return bounded("/" + member, node.textValue().strip(), LONGEST);
  }

  /**
   * The array at a pointer of one or two members, the last of which stands in this object; null
   * where it is not said.
   */
  private static @Nullable JsonNode array(JsonNode object, String pointer) {
    JsonNode list = object.path(pointer.substring(pointer.lastIndexOf('/') + 1));
    if (list.isMissingNode() || list.isNull()) {
      return null;
    }
    if (!list.isArray()) {
      throw DomainException.notValid(pointer, "This is a list.");
    }
    if (list.size() > MOST_ITEMS) {
      throw DomainException.notValid(pointer, "At most " + MOST_ITEMS + " are accepted.");
    }
    return list;
  }

  private static String text(JsonNode node, String pointer) {
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw DomainException.notValid(pointer, "This is one line of text.");
    }
    return bounded(pointer, node.textValue().strip(), LONGEST_NAME);
  }

  private static int port(JsonNode node, String pointer) {
    if (!node.isInt() || node.intValue() < 1 || node.intValue() > Ports.LAST) {
      throw DomainException.notValid(
          pointer, "A port is a whole number of 1 to " + Ports.LAST + ".");
    }
    return node.intValue();
  }

  /** The same without what differs between two readings of one ruleset. */
  private static JsonNode steady(JsonNode node) {
    JsonNode copy = node.deepCopy();
    if (copy instanceof ObjectNode firewall) {
      for (String member : List.of("ruleset", "ruleset6", "saved", "saved6")) {
        if (firewall.path(member).isTextual()) {
          String text = firewall.get(member).textValue();
          firewall.put(member, VOLATILE_TEXT.matcher(text).replaceAll(""));
        }
      }
    }
    strip(copy);
    return copy;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(VOLATILE);
    }
    node.forEach(SurroundingsReader::strip);
  }

  static String escaped(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }

  private static String bounded(String pointer, String text, int most) {
    if (text.length() > most) {
      throw DomainException.notValid(pointer, "A text here has at most " + most + " characters.");
    }
    return text;
  }
}
