package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chains of all tables of one address family. */
final class RuleBook {

  private static final int MOST_RULES = 100_000;
  private static final long MOST_STEPS = 6_000_000;

  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private int rules;
  private long steps;
  private boolean untracked;

  void add(Chain chain) {
    chains.putIfAbsent(place(chain.table(), chain.name()), chain);
  }

  @Nullable Chain find(String table, String name) {
    return chains.get(place(table, name));
  }

  /**
   * Adds a rule at the end of a chain.
   *
   * @throws TooMuch beyond what is read
   */
  void add(Chain chain, Rule rule) {
    if (++rules > MOST_RULES) {
      throw new TooMuch("there are more than " + MOST_RULES + " rules");
    }
    chain.add(rule);
  }

  /**
   * Counts what it takes to follow the rules, so that no ruleset holds up the portal.
   *
   * @throws TooMuch beyond what is spent on one ruleset
   */
  void spend(long more) {
    steps += more;
    if (steps > MOST_STEPS) {
      throw new TooMuch("following the rules takes too many steps");
    }
  }

  /** The base chains of a hook, in the order in which the kernel follows them. */
  List<Chain> on(Chain.Hook hook) {
    List<Chain> base = new ArrayList<>();
    chains.values().stream().filter(chain -> chain.isOn(hook)).forEach(base::add);
    base.sort(Comparator.comparingInt(Chain::priority));
    return base;
  }

  /** Notes that some packets are not tracked, and so are not translated. */
  void skipsTracking() {
    untracked = true;
  }

  boolean mayBeUntracked() {
    return untracked;
  }

  private static String place(String table, String name) {
    return table + " " + name;
  }

  /** Ends the reading of rules that would take too long. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }
}
