package dev.palisade.catalog;

import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.PortRange;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares two values of a setting by how strict they are. Whatever the catalog does not rank is
 * unknown: a stronger that is none would be worse.
 */
final class ValueOrder {

  /** Every bit that a command can ask for. */
  private static final long ALL_COMMANDS = ~1L;

  private final Stricter stricter;
  private final Setting setting;

  private ValueOrder(Setting setting, Stricter stricter) {
    this.setting = setting;
    this.stricter = stricter;
  }

  /**
   * Compares two values that are in effect: no other value combines with them any more.
   *
   * @param setting whose values they are
   */
  static Direction inEffect(Setting setting, SettingValue from, SettingValue to) {
    if (from.equals(to) || setting.isIdle()) {
      return Direction.NEUTRAL;
    }
    Stricter stricter = setting.stricter();
    return stricter == null
        ? Direction.UNKNOWN
        : new ValueOrder(setting, stricter).between(from, to);
  }

  static Direction between(Setting setting, SettingValue from, SettingValue to) {
    if (from.equals(to) || setting.isIdle()) {
      return Direction.NEUTRAL;
    }
    Stricter stricter = setting.stricter();
    if (stricter == null) {
      return Direction.UNKNOWN;
    }
    ValueOrder order = new ValueOrder(setting, stricter);
    return setting.combine() == CombineRule.MAX && from instanceof Int a && to instanceof Int b
        ? order.whateverTheOther(a.value(), b.value())
        : order.between(from, to);
  }

  /**
   * The kernel takes the greater of this value and another one, which may be any: a change is only
   * called weaker or stronger when it is so, or makes no difference, beside each of them.
   */
  private Direction whateverTheOther(long from, long to) {
    Set<Direction> seen = EnumSet.noneOf(Direction.class);
    for (SettingValue value : setting.bounds().values()) {
      long other = value instanceof Int number ? number.value() : 0;
      Int before = new Int(Math.max(from, other));
      Int after = new Int(Math.max(to, other));
      if (!before.equals(after)) {
        seen.add(between(before, after));
      }
    }
    return seen.size() == 1 ? seen.iterator().next() : Direction.UNKNOWN;
  }

  private Direction between(SettingValue from, SettingValue to) {
    return switch (stricter.rule()) {
      case HIGHER -> growth(from, to);
      case LOWER -> growth(from, to).reversed();
      case LOWER_UNLESS_ZERO -> growth(endless(from), endless(to)).reversed();
      case FEWER_BITS_ONE_IS_ALL -> fewerBits(from, to);
      case LISTED -> byRank(from, to);
      case NEITHER -> Direction.NEUTRAL;
    };
  }

  private static Direction fewerBits(SettingValue from, SettingValue to) {
    if (!(from instanceof Int a) || !(to instanceof Int b)) {
      return Direction.UNKNOWN;
    }
    long before = allowed(a.value());
    long after = allowed(b.value());
    return inclusion((before | after) == before, (before | after) == after);
  }

  /** The commands that a value of {@code kernel.sysrq} allows; bit 0 counts by itself alone. */
  private static long allowed(long value) {
    return value == 1 ? ALL_COMMANDS : value & ~1;
  }

  private static SettingValue endless(SettingValue value) {
    return value.equals(new Int(0)) ? new Int(Long.MAX_VALUE) : value;
  }

  /** Stronger where the value grows, weaker where it shrinks. */
  private Direction growth(SettingValue from, SettingValue to) {
    if (from instanceof Bool a && to instanceof Bool b) {
      return sign(Boolean.compare(b.value(), a.value()));
    }
    if (from instanceof Int a && to instanceof Int b) {
      return setting.type() == ValueType.BITMASK
          ? inclusion((a.value() | b.value()) == b.value(), (a.value() | b.value()) == a.value())
          : sign(Long.compare(b.value(), a.value()));
    }
    if (from instanceof Items a && to instanceof Items b) {
      return setting.type() == ValueType.TEXT_LIST ? elements(a, b) : ports(a, b);
    }
    return Direction.UNKNOWN;
  }

  private static Direction elements(Items from, Items to) {
    Set<SettingValue> a = new HashSet<>(from.items());
    Set<SettingValue> b = new HashSet<>(to.items());
    return inclusion(b.containsAll(a), a.containsAll(b));
  }

  private static Direction ports(Items from, Items to) {
    BitSet a = ports(from);
    BitSet b = ports(to);
    BitSet all = (BitSet) a.clone();
    all.or(b);
    return inclusion(all.equals(b), all.equals(a));
  }

  private static BitSet ports(Items list) {
    BitSet ports = new BitSet();
    for (SettingValue item : list.items()) {
      if (item instanceof Int port) {
        ports.set((int) port.value());
      } else if (item instanceof PortRange range) {
        ports.set(range.from(), range.to() + 1);
      }
    }
    return ports;
  }

  private static Direction inclusion(boolean holdsAllOfTheFirst, boolean isHeldByTheFirst) {
    if (holdsAllOfTheFirst && isHeldByTheFirst) {
      return Direction.NEUTRAL;
    }
    if (holdsAllOfTheFirst) {
      return Direction.STRONGER;
    }
    return isHeldByTheFirst ? Direction.WEAKER : Direction.UNKNOWN;
  }

  private Direction byRank(SettingValue from, SettingValue to) {
    int a = rank(from);
    int b = rank(to);
    return a < 0 || b < 0 ? Direction.UNKNOWN : sign(Integer.compare(b, a));
  }

  private int rank(SettingValue value) {
    List<List<SettingValue>> ranks = stricter.ranks();
    for (int i = 0; i < ranks.size(); i++) {
      if (ranks.get(i).contains(value)) {
        return i;
      }
    }
    return -1;
  }

  private static Direction sign(int comparison) {
    if (comparison == 0) {
      return Direction.NEUTRAL;
    }
    return comparison > 0 ? Direction.STRONGER : Direction.WEAKER;
  }
}
