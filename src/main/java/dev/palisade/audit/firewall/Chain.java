package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A chain of rules; a base chain hangs on a hook of the kernel and has a policy. */
final class Chain {

  /** The points at which the kernel follows base chains. */
  enum Hook {
    INGRESS,
    PREROUTING,
    /** Translation before the filter: nat chains on prerouting. */
    NAT,
    INPUT,
    FORWARD
  }

  /**
   * Where a base chain hangs.
   *
   * @param priority chains of one hook are followed in this order, the lowest first
   * @param drops whether its policy is to drop
   * @param devices the interfaces whose packets it sees; empty for every one
   */
  record Base(Hook hook, int priority, boolean drops, Set<String> devices) {}

  private final String table;
  private final String name;
  private final @Nullable Base base;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * An empty chain.
   *
   * @param base null for a chain that others jump to
   */
  Chain(String table, String name, @Nullable Base base) {
    this.table = table;
    this.name = name;
    this.base = base;
  }

  String table() {
    return table;
  }

  String name() {
    return name;
  }

  boolean isOn(Hook hook) {
    return base != null && base.hook() == hook;
  }

  int priority() {
    return base == null ? 0 : base.priority();
  }

  boolean drops() {
    return base != null && base.drops();
  }

  /** The packets that a base chain sees. Older programs do not print the devices of ingress. */
  Packets seen() {
    if (base != null && base.hook() == Hook.INGRESS && base.devices().isEmpty()) {
      return Packets.riddle("the interface of an ingress chain");
    }
    return base == null || base.devices().isEmpty() ? Packets.ANY : Packets.on(base.devices());
  }

  List<Rule> rules() {
    return rules;
  }

  void add(Rule rule) {
    rules.add(rule);
  }
}
