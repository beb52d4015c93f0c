package dev.palisade.audit.firewall;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Puts together what the chains of one address family come to. */
final class Filter {

  private static final String INPUT = "input";
  private static final String PREROUTING = "prerouting";

  private final RuleBook book;
  private final Family family;
  private final Map<Topic, String> doubts = new EnumMap<>(Topic.class);
  private final Set<String> logged = new HashSet<>();
  private final Set<Chain> seen = new HashSet<>();
  private ReversePath path = ReversePath.NONE;

  private Filter(RuleBook book, Family family) {
    this.book = book;
    this.family = family;
  }

  static Inbound of(RuleBook book, Family family) {
    return new Filter(book, family).inbound();
  }

  private Inbound inbound() {
    for (Chain base : book.on(PREROUTING)) {
      reversePath(base, base.drops());
    }
    Map<String, BitSet> shut = new HashMap<>();
    Map<Topic, String> doubtsIfOpen = new EnumMap<>(Topic.class);
    Chain refusing = null;
    int refuse = 0;
    for (Chain base : book.on(INPUT)) {
      Walk walk = new Walk(book, family, Map.of());
      walk.through(base);
      if (walk.refuses()) {
        refusing = base;
        refuse++;
      } else {
        walk.shut()
            .forEach((proto, bits) -> shut.computeIfAbsent(proto, any -> new BitSet()).or(bits));
        walk.doubts().forEach(doubts::putIfAbsent);
        walk.doubtsIfOpen().forEach(doubtsIfOpen::putIfAbsent);
      }
    }
    if (refusing == null) {
      doubtsIfOpen.forEach(doubts::putIfAbsent);
      return Inbound.unfiltered(!doubts.containsKey(Topic.PING), path, logged, doubts);
    }
    Walk walk = new Walk(book, family, shut);
    walk.through(refusing);
    logged.addAll(walk.logged());
    walk.doubts().forEach(doubts::putIfAbsent);
    if (refuse > 1) {
      String why =
          refuse + " chains refuse packets, and what passes each of them is not worked out";
      doubts.putIfAbsent(Topic.TCP, why);
      doubts.putIfAbsent(Topic.UDP, why);
      doubts.putIfAbsent(Topic.PING, why);
    }
    return new Inbound(true, walk.rejects(), walk.openings(), walk.ping(), path, logged, doubts);
  }

  /** Looks for a test of the way back whose failure is the end of a packet. */
  private void reversePath(Chain chain, boolean dropsAfterwards) {
    if (!seen.add(chain)) {
      return;
    }
    boolean drops =
        dropsAfterwards
            || chain.rules().stream()
                .anyMatch(rule -> rule.act() == Rule.Act.DROP && rule.packets().isAny());
    for (Rule rule : chain.rules()) {
      String riddle = rule.packets().riddle();
      if (!riddle.isEmpty() && rule.act() != Rule.Act.LOG) {
        doubts.putIfAbsent(
            Topic.REVERSE_PATH,
            "a rule in %s looks at “%s”, which is not understood".formatted(chain.name(), riddle));
      }
      if (rule.path() != null) {
        test(rule, rule.path(), drops);
      } else if (rule.act() == Rule.Act.JUMP && rule.target() != null) {
        Chain target = book.find(chain.table(), rule.target());
        if (target != null) {
          reversePath(target, drops);
        }
      } else if (rule.act() == Rule.Act.LOG) {
        log(rule, chain, logged, doubts);
      }
    }
  }

  /** What a rule logs with, or the doubt about it. */
  static void log(Rule rule, Chain chain, Set<String> logged, Map<Topic, String> doubts) {
    if (rule.target() == null) {
      doubts.putIfAbsent(
          Topic.LOGGING, "a rule in " + chain.name() + " logs, and with what words is not shown");
    } else {
      logged.add(rule.target());
    }
  }

  private void test(Rule rule, Rule.PathTest test, boolean drops) {
    boolean lets = rule.act() == Rule.Act.ACCEPT || rule.act() == Rule.Act.RETURN;
    if (test.passes() ? lets && drops : rule.act() == Rule.Act.DROP) {
      ReversePath found = test.strict() ? ReversePath.STRICT : ReversePath.LOOSE;
      path = found.compareTo(path) > 0 ? found : path;
    } else if (rule.act() != Rule.Act.LOG) {
      doubts.putIfAbsent(Topic.REVERSE_PATH, "a rule that looks at the way back is not understood");
    }
  }
}
