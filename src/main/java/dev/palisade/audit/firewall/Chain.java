package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chain of rules; a base chain hangs on a hook of the kernel and has a policy. */
final class Chain {

  private final String table;
  private final String name;
  private final @Nullable String hook;
  private final boolean drops;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * An empty chain.
   *
   * @param hook {@code input} or {@code prerouting}; null for one that others jump to
   * @param drops whether its policy is to drop
   */
  Chain(String table, String name, @Nullable String hook, boolean drops) {
    this.table = table;
    this.name = name;
    this.hook = hook;
    this.drops = drops;
  }

  String table() {
    return table;
  }

  String name() {
    return name;
  }

  boolean isOn(String point) {
    return point.equals(hook);
  }

  boolean drops() {
    return drops;
  }

  List<Rule> rules() {
    return rules;
  }

  void add(Rule rule) {
    rules.add(rule);
  }
}
