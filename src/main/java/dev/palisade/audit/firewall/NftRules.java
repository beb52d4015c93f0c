package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.audit.firewall.Chain.Hook;
import dev.palisade.audit.firewall.Rule.Act;
import dev.palisade.audit.firewall.Rule.PathTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@code nft -j list ruleset} prints, as one address family meets it. */
final class NftRules {

  private static final int MOST_ALTERNATIVES = 4_096;
  private static final Set<String> AWAKE = Set.of("owner", "persist");
  private static final Set<String> ROUTED = Set.of("input", "prerouting", "forward");

  /** Statements in a set's elements, or at a set, by which a rule holds for some packets only. */
  private static final Set<String> LIMITS = Set.of("limit", "quota", "ct count");

  /** Statements that decide nothing. */
  private static final Set<String> IDLE =
      Set.of(
          "counter",
          "comment",
          "mangle",
          "map",
          "flow",
          "dup",
          "fwd",
          "ct helper",
          "ct timeout",
          "ct expectation",
          "snat",
          "masquerade",
          "secmark",
          "tproxy",
          "continue",
          "last");

  private final Family family;
  private final SavedTables saved;
  private final RuleBook book = new RuleBook();
  private final NftSets sets = new NftSets();
  private final StockRules stock = new StockRules();

  /** Tables that the kernel does not look at, each with its family. */
  private final Set<String> dormant = new HashSet<>();

  /** Tables of which that is not known. */
  private final Set<String> unclear = new HashSet<>();

  private NftRules(Family family, SavedTables saved) {
    this.family = family;
    this.saved = saved;
  }

  /**
   * The rules, or null where the text is not what the programs print.
   *
   * @param saved what iptables-save prints of the same kernel, which tells what its modules ask
   *     for; empty where there is none
   */
  static @Nullable RuleBook read(JsonNode ruleset, String saved, Family family) {
    JsonNode objects = ruleset.path("nftables");
    NftRules reader = new NftRules(family, SavedTables.of(objects, saved, family));
    for (JsonNode object : objects) {
      reader.flags(object.path("table"));
    }
    for (JsonNode object : objects) {
      reader.define(object);
    }
    for (JsonNode object : objects) {
      reader.stock.count(object.path("rule"));
    }
    for (JsonNode object : objects) {
      if (object.path("rule").isObject()) {
        reader.rule(object.get("rule"));
      }
    }
    return SavedRules.add(saved, family, reader.book, reader.saved::name) ? reader.book : null;
  }

  /** Older programs print another word for a flag, so one that is not known may be any. */
  private void flags(JsonNode table) {
    String named = named(table, "name");
    JsonNode flags = table.path("flags");
    for (JsonNode flag : flags.isArray() ? flags : List.of(flags)) {
      if (flag.asText().equals("dormant")) {
        dormant.add(named);
      } else if (!flag.isMissingNode() && !AWAKE.contains(flag.asText())) {
        unclear.add(named);
      }
    }
  }

  private boolean concerns(JsonNode thing) {
    String of = thing.path("family").asText();
    return (of.equals("inet") || of.equals("netdev") || of.equals(family.table()))
        && !dormant.contains(named(thing, "table"))
        && !saved.replaces(named(thing, "table"));
  }

  /** A table with its family; the member has its name. */
  private static String named(JsonNode thing, String member) {
    return thing.path("family").asText() + " " + thing.path(member).asText();
  }

  private static String table(JsonNode thing) {
    return thing.path("table").asText();
  }

  private void define(JsonNode object) {
    JsonNode set = object.has("map") ? object.path("map") : object.path("set");
    JsonNode chain = object.path("chain");
    if (set.isObject() && concerns(set)) {
      sets.add(place(set), set);
    } else if (chain.isObject() && concerns(chain)) {
      Chain.Base base = base(chain);
      Chain added = new Chain(place(chain), chain.path("name").asText(), base);
      book.add(added);
      if (base != null && unclear.contains(named(chain, "table"))) {
        add(added, List.of(Packets.ANY), Act.RIDDLE, null, null);
      }
    }
  }

  /** Where a chain hangs; null where it meets no packets from outside before they are let in. */
  private static Chain.@Nullable Base base(JsonNode chain) {
    String hook = chain.path("hook").asText("");
    boolean drops = chain.path("policy").asText("").equals("drop");
    int priority = chain.path("prio").asInt();
    Set<String> devices = new HashSet<>();
    JsonNode names = chain.path("dev").isMissingNode() ? chain.path("devices") : chain.path("dev");
    (names.isArray() ? names : List.of(names))
        .forEach(
            name -> {
              if (name.isTextual()) {
                devices.add(name.textValue());
              }
            });
    return switch (chain.path("type").asText("")) {
      case "filter" ->
          hook.equals("ingress")
              ? new Chain.Base(Hook.INGRESS, priority, drops, devices)
              : ROUTED.contains(hook)
                  ? new Chain.Base(
                      Hook.valueOf(hook.toUpperCase(Locale.ROOT)), priority, drops, Set.of())
                  : null;
      case "nat" ->
          hook.equals("prerouting") ? new Chain.Base(Hook.NAT, priority, drops, Set.of()) : null;
      default -> null;
    };
  }

  /** Tables of two families may have one name. */
  private static String place(JsonNode thing) {
    return thing.path("family").asText().equals("inet") ? table(thing) : named(thing, "table");
  }

  private void rule(JsonNode rule) {
    Chain chain = concerns(rule) ? book.find(place(rule), rule.path("chain").asText()) : null;
    if (chain == null) {
      return;
    }
    List<Packets> alternatives = List.of(Packets.ANY);
    PathTest path = null;
    for (JsonNode statement : rule.path("expr")) {
      String name =
          statement.isObject() && statement.size() == 1 ? statement.fieldNames().next() : "";
      JsonNode body = statement.path(name);
      switch (name) {
        case "match" -> {
          if (body.path("left").has("fib") && NftMatch.isWayBack(body.path("left").get("fib"))) {
            path = NftMatch.pathTest(body);
          } else {
            alternatives = each(alternatives, matcher(rule).match(body));
          }
        }
        case "vmap" -> decide(rule, chain, alternatives, body);
        case "limit", "quota", "ct count" ->
            alternatives = each(alternatives, List.of(Packets.only("up to a rate")));
        case "set", "meter" -> {
          JsonNode key = body.path(name.equals("set") ? "elem" : "key");
          alternatives = each(alternatives, List.of(matcher(rule).having(key)));
          if (limits(rule, body)) {
            alternatives = each(alternatives, List.of(Packets.only("up to a rate")));
          }
        }
        case "dnat", "redirect" -> translate(rule, chain, alternatives, name, body);
        case "notrack" -> book.skipsTracking();
        case "xt" -> {
          if (isMatch(body) && body.path("name").asText().equals("rpfilter")) {
            path = new PathTest(true, true, false);
          } else {
            alternatives = foreign(chain, alternatives, body, rule);
          }
        }
        default -> {
          if (!IDLE.contains(name) || NftTranslation.rewrites(name, body)) {
            act(chain, alternatives, name, body, path);
          } else if (body.findValue("map") != null || body.findValue("payload") != null) {
            // Packets for which there is no value leave the rule here.
            alternatives = each(alternatives, List.of(Packets.only("by what it sets")));
          }
        }
      }
    }
  }

  /**
   * Whether a statement that keeps track of senders lets only some packets on to the rest of the
   * rule: it has a limit of its own, or the set has one for each element.
   */
  private boolean limits(JsonNode rule, JsonNode statement) {
    JsonNode own = statement.path("stmt");
    boolean limited = own.isObject() && isLimit(own);
    for (JsonNode each : own.isArray() ? own : List.<JsonNode>of()) {
      limited |= isLimit(each);
    }
    return limited || sets.hasLimits(place(rule), statement.path("set"));
  }

  static boolean isLimit(JsonNode statement) {
    return LIMITS.stream().anyMatch(statement::has);
  }

  private void translate(
      JsonNode rule, Chain chain, List<Packets> alternatives, String name, JsonNode body) {
    if (!body.path("family").asText(family.table()).equals(family.table())) {
      return;
    }
    NftTranslation translation = new NftTranslation(sets, matcher(rule), place(rule));
    for (NftTranslation.Case one : translation.read(name, body)) {
      for (Packets packets : each(alternatives, one.packets())) {
        book.add(chain, new Rule(packets, Act.TRANSLATE, null, null, one.translation()));
      }
    }
  }

  private NftMatch matcher(JsonNode rule) {
    return new NftMatch(family, sets, place(rule), book);
  }

  /** Each of these that is each of those as well. */
  private List<Packets> each(List<Packets> these, List<Packets> those) {
    if ((long) these.size() * those.size() > MOST_ALTERNATIVES) {
      return List.of(Packets.riddle("a rule with more than " + MOST_ALTERNATIVES + " cases"));
    }
    List<Packets> both = new ArrayList<>();
    for (Packets one : these) {
      for (Packets other : those) {
        book.spend(one.cost(other));
        Packets shared = one.and(other);
        if (!shared.isNone()) {
          both.add(shared);
        }
      }
    }
    return both;
  }

  /** A statement that names what becomes of each value. */
  private void decide(JsonNode rule, Chain chain, List<Packets> alternatives, JsonNode vmap) {
    JsonNode data = vmap.path("data");
    JsonNode pairs = data.isTextual() ? sets.elements(place(rule), data) : data.path("set");
    for (JsonNode pair : pairs) {
      JsonNode verdict = pair.path(1);
      if (pair.path(0).asText().equals("untracked") && verdict.equals(ofNew(pairs))) {
        continue;
      }
      String name = verdict.isObject() && verdict.size() > 0 ? verdict.fieldNames().next() : "";
      List<Packets> matched = matcher(rule).element(vmap.path("key"), pair.path(0));
      if (!name.equals("continue")) {
        act(chain, each(alternatives, matched), name, verdict.path(name), null);
      }
    }
  }

  /** What becomes of new connections: where the same becomes of others, they add nothing. */
  private static @Nullable JsonNode ofNew(JsonNode pairs) {
    for (JsonNode pair : pairs) {
      if (pair.path(0).asText().equals("new")) {
        return pair.path(1);
      }
    }
    return null;
  }

  private static boolean isMatch(JsonNode xt) {
    return xt.path("type").asText().equals("match");
  }

  /** What iptables wrote by its own modules, of which nft prints the name alone. */
  private List<Packets> foreign(
      Chain chain, List<Packets> alternatives, JsonNode xt, JsonNode rule) {
    String name = xt.path("name").asText();
    if (isMatch(xt)) {
      Packets known = stock.match(chain, name, rule);
      return each(alternatives, List.of(known == null ? SavedMatch.named(name) : known));
    }
    switch (name) {
      case "LOG" -> add(chain, alternatives, Act.LOG, stock.prefix(chain, rule), null);
      case "REJECT" -> add(chain, alternatives, Act.REJECT, null, null);
      case "DNAT", "REDIRECT", "NETMAP" ->
          alternatives.forEach(
              packets ->
                  book.add(
                      chain,
                      new Rule(packets, Act.TRANSLATE, null, null, Translation.hidden(name))));
      case "CT", "NOTRACK" -> book.skipsTracking();
      default -> {
        if (!SavedRules.isIdle(name)) {
          add(chain, alternatives, Act.RIDDLE, null, null);
        }
      }
    }
    return alternatives;
  }

  private void act(
      Chain chain,
      List<Packets> alternatives,
      String name,
      JsonNode body,
      @Nullable PathTest path) {
    switch (name) {
      case "accept" -> add(chain, alternatives, Act.ACCEPT, null, path);
      case "drop" -> add(chain, alternatives, Act.DROP, null, path);
      case "reject" -> add(chain, alternatives, Act.REJECT, null, path);
      case "return" -> add(chain, alternatives, Act.RETURN, null, path);
      case "jump" -> add(chain, alternatives, Act.JUMP, body.path("target").asText(), path);
      case "goto" -> add(chain, alternatives, Act.GOTO, body.path("target").asText(), path);
      case "log" -> add(chain, alternatives, Act.LOG, body.path("prefix").asText(), path);
      default -> add(chain, alternatives, Act.RIDDLE, null, path);
    }
  }

  private void add(
      Chain chain,
      List<Packets> alternatives,
      Act act,
      @Nullable String target,
      @Nullable PathTest path) {
    alternatives.forEach(packets -> book.add(chain, new Rule(packets, act, target, path)));
  }
}
