package dev.palisade.audit.firewall;

import dev.palisade.audit.firewall.Chain.Hook;
import dev.palisade.audit.firewall.Rule.Act;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@code iptables-save} and {@code ip6tables-save} print. */
final class SavedRules {

  private static final Map<String, Hook> HOOKS =
      Map.of("INPUT", Hook.INPUT, "PREROUTING", Hook.PREROUTING, "FORWARD", Hook.FORWARD);

  /** The order in which the kernel follows the tables. */
  private static final Map<String, Integer> PRIORITIES =
      Map.of("raw", -300, "mangle", -150, "nat", -100, "filter", 0, "security", 50);

  /** Tables that translate addresses and refuse nothing. */
  private static final String TRANSLATES = "nat";

  /** Targets that translate; whether what they translate stays on this host. */
  private static final Map<String, Boolean> TRANSLATIONS =
      Map.of("DNAT", false, "REDIRECT", true, "NETMAP", false);

  /** Targets by which packets go untracked, and so untranslated. */
  private static final Set<String> UNTRACKED = Set.of("CT", "NOTRACK");

  private static final Map<String, Act> ACTS =
      Map.of(
          "ACCEPT",
          Act.ACCEPT,
          "DROP",
          Act.DROP,
          "REJECT",
          Act.REJECT,
          "RETURN",
          Act.RETURN,
          "LOG",
          Act.LOG);

  /** Targets that decide nothing. */
  private static final Set<String> IDLE =
      Set.of(
          "NFLOG",
          "ULOG",
          "MARK",
          "CONNMARK",
          "TCPMSS",
          "CHECKSUM",
          "TRACE",
          "CT",
          "NOTRACK",
          "SET",
          "CLASSIFY",
          "DSCP",
          "TOS",
          "TTL",
          "HL",
          "AUDIT",
          "SECMARK",
          "CONNSECMARK",
          "TEE");

  private static final Pattern RANGE =
      Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/[0-9]+)?");

  private final Family family;
  private final RuleBook book;
  private final UnaryOperator<String> naming;
  private String table = "";

  private SavedRules(Family family, RuleBook book, UnaryOperator<String> naming) {
    this.family = family;
    this.book = book;
    this.naming = naming;
  }

  /** The rules, or null where the text is not what the programs print. */
  static @Nullable RuleBook read(String text, Family family) {
    RuleBook book = new RuleBook();
    return add(text, family, book, UnaryOperator.identity()) ? book : null;
  }

  /**
   * Adds the rules to others; whether the text is what the programs print.
   *
   * @param naming what each table is called among the others
   */
  static boolean add(String text, Family family, RuleBook book, UnaryOperator<String> naming) {
    SavedRules reader = new SavedRules(family, book, naming);
    return text.lines().allMatch(reader::line);
  }

  /** The names of the chains of each table. */
  static Map<String, Set<String>> chains(String text) {
    Map<String, Set<String>> chains = new HashMap<>();
    String table = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("*")) {
        table = line.substring(1).strip();
      } else if (line.startsWith(":")) {
        chains
            .computeIfAbsent(table, any -> new HashSet<>())
            .add(line.substring(1).split(" ", 2)[0]);
      }
    }
    return chains;
  }

  private boolean line(String line) {
    if (line.isBlank() || line.startsWith("#") || line.equals("COMMIT")) {
      return true;
    }
    if (line.startsWith("*")) {
      table = line.substring(1).strip();
      return true;
    }
    if (line.startsWith(":")) {
      String[] parts = line.substring(1).split(" ", 3);
      chain(parts[0], parts.length > 1 ? parts[1] : "-");
      return !table.isEmpty();
    }
    List<String> words = words(line);
    int append = words.indexOf("-A");
    if (table.isEmpty() || append < 0 || append > 1 || append + 1 >= words.size()) {
      return false;
    }
    Chain chain = book.find(naming.apply(table), words.get(append + 1));
    if (chain == null) {
      return false;
    }
    rule(chain, words.subList(append + 2, words.size()));
    return true;
  }

  private void chain(String name, String policy) {
    Hook hook = HOOKS.get(name);
    if (table.equals(TRANSLATES)) {
      hook = hook == Hook.PREROUTING ? Hook.NAT : null;
    }
    int priority = PRIORITIES.getOrDefault(table, 0);
    Chain.Base base =
        policy.equals("-") || hook == null
            ? null
            : new Chain.Base(hook, priority, policy.equals("DROP"), Set.of());
    book.add(new Chain(naming.apply(table), name, base));
  }

  private void rule(Chain chain, List<String> words) {
    SavedMatch match = new SavedMatch(family);
    int at = 0;
    while (at < words.size() && !isTarget(words.get(at))) {
      at = match.read(words, at);
    }
    if (at + 1 >= words.size()) {
      return;
    }
    String target = words.get(at + 1);
    Rule.PathTest path = match.path();
    Packets packets = match.packets();
    Act act = ACTS.get(target);
    if (words.get(at).equals("-g")) {
      book.add(chain, new Rule(packets, Act.GOTO, target, path));
    } else if (act == Act.LOG) {
      int prefix = words.indexOf("--log-prefix");
      String said = prefix > 0 && prefix + 1 < words.size() ? words.get(prefix + 1) : "";
      book.add(chain, new Rule(packets, act, said, path));
    } else if (act != null) {
      book.add(chain, new Rule(packets, act, null, path));
    } else if (book.find(naming.apply(table), target) != null) {
      book.add(chain, new Rule(packets, Act.JUMP, target, path));
    } else if (table.equals(TRANSLATES) && TRANSLATIONS.containsKey(target)) {
      Translation translation = translation(target, words.subList(at + 2, words.size()));
      book.add(chain, new Rule(packets, Act.TRANSLATE, null, path, translation));
    } else if (!isIdle(target)) {
      book.add(chain, new Rule(packets, Act.RIDDLE, null, path));
    }
    if (UNTRACKED.contains(target)) {
      book.skipsTracking();
    }
  }

  /** Where a target of the nat table sends packets to, by its options. */
  private static Translation translation(String target, List<String> options) {
    boolean here = TRANSLATIONS.getOrDefault(target, false);
    String to = "";
    for (int i = 0; i + 1 < options.size(); i++) {
      if (options.get(i).equals("--to-ports") || options.get(i).equals("--to-destination")) {
        to = options.get(i + 1);
      }
    }
    String port = here ? to : portOf(to);
    if (port.isEmpty()) {
      return Translation.to(target, here, null);
    }
    // A range may be followed by the port that it counts from: 8000-8010/80.
    Matcher range = RANGE.matcher(port);
    if (!range.matches()) {
      return Translation.hidden(target);
    }
    int from = Integer.parseInt(range.group(1));
    int last = range.group(2) == null ? from : Integer.parseInt(range.group(2));
    return from > last || last > Ports.LAST
        ? Translation.hidden(target)
        : Translation.to(target, here, new Ports(from, last));
  }

  /** What stands behind an address: {@code 10.0.0.2:80}, {@code [fd00::2]:80}. */
  private static String portOf(String destination) {
    int colon = destination.lastIndexOf(':');
    boolean ipv6 = destination.indexOf(':') != colon;
    boolean hasPort = colon > 0 && (!ipv6 || destination.charAt(colon - 1) == ']');
    return hasPort ? destination.substring(colon + 1) : "";
  }

  static boolean isIdle(String target) {
    return IDLE.contains(target.toUpperCase(Locale.ROOT));
  }

  private static boolean isTarget(String word) {
    return word.equals("-j") || word.equals("-g");
  }

  /** Words apart by spaces; quoted ones may hold spaces, and a backslash keeps the next letter. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
        begun = true;
      } else if (c == ' ' && !quoted) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
