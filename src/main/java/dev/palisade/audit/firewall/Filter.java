package dev.palisade.audit.firewall;

import dev.palisade.audit.firewall.Chain.Hook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts together what the chains of one address family come to. */
final class Filter {

  /** The priority at which the kernel translates, whatever that of a nat chain is. */
  private static final int TRANSLATES_AT = -100;

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
    List<Chain> before = new ArrayList<>(book.on(Hook.INGRESS));
    List<Chain> after = new ArrayList<>();
    for (Chain base : book.on(Hook.PREROUTING)) {
      reversePath(base, base.drops());
      (base.priority() <= TRANSLATES_AT ? before : after).add(base);
    }
    List<Chain> local = new ArrayList<>(after);
    local.addAll(book.on(Hook.INPUT));
    List<Chain> all = new ArrayList<>(before);
    all.addAll(local);
    Gate gate = Gate.of(book, family, all);
    gate.doubts().forEach(doubts::putIfAbsent);
    if (!gate.refuses()) {
      boolean ping = gate.ping() && !doubts.containsKey(Topic.PING);
      return Inbound.unfiltered(ping, path, logged, doubts);
    }
    logged.addAll(gate.logged());
    List<Opening> openings = gate.openings();
    Walk nat = new Walk(book, family, true, new Shut());
    book.on(Hook.NAT).forEach(nat::through);
    nat.doubts().forEach(doubts::putIfAbsent);
    if (!nat.translated().isEmpty()) {
      after.addAll(book.on(Hook.FORWARD));
      Translations translations =
          new Translations(
              book,
              Gate.of(book, family, before),
              Gate.of(book, family, local),
              Gate.of(book, family, after));
      openings = translations.of(openings, nat.translated());
      translations.doubts().forEach(doubts::putIfAbsent);
    }
    return new Inbound(true, gate.rejects(), openings, gate.ping(), path, logged, doubts);
  }

  /** Looks for a test of the way back whose failure is the end of a packet. */
  private void reversePath(Chain chain, boolean dropsAfterwards) {
    if (!seen.add(chain)) {
      return;
    }
    boolean drops =
        dropsAfterwards
            || chain.rules().stream()
                .anyMatch(
                    rule ->
                        rule.act() == Rule.Act.DROP
                            && rule.path() == null
                            && rule.packets().isAny());
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
    if (!test.shown()) {
      if (rule.act() != Rule.Act.LOG) {
        doubts.putIfAbsent(
            Topic.REVERSE_PATH, "the options of a rule that looks at the way back are not shown");
      }
      return;
    }
    boolean lets = rule.act() == Rule.Act.ACCEPT || rule.act() == Rule.Act.RETURN;
    if (test.passes() ? lets && drops : rule.act() == Rule.Act.DROP) {
      ReversePath found = test.strict() ? ReversePath.STRICT : ReversePath.LOOSE;
      path = found.compareTo(path) > 0 ? found : path;
    } else if (rule.act() != Rule.Act.LOG) {
      doubts.putIfAbsent(Topic.REVERSE_PATH, "a rule that looks at the way back is not understood");
    }
  }
}
