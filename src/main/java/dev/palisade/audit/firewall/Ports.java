package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Ports from one to another, both included. */
public record Ports(int from, int to) {

  /** The greatest number that a port may have. */
  public static final int LAST = 65_535;

  static final Ports ALL = new Ports(0, LAST);

  public boolean isAll() {
    return from <= 1 && to == LAST;
  }

  /** As people write them: {@code 22}, {@code 8000-8010}, {@code every port}. */
  public String words() {
    return isAll() ? "every port" : from == to ? String.valueOf(from) : from + "-" + to;
  }

  /** Each port once, as ranges in order. */
  public static List<Ports> joined(List<Ports> ranges) {
    List<Ports> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingInt(Ports::from));
    List<Ports> joined = new ArrayList<>();
    for (Ports next : sorted) {
      Ports last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && next.from <= last.to + 1) {
        joined.set(joined.size() - 1, new Ports(last.from, Math.max(last.to, next.to)));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  /** Whether two ranges have no port in common. */
  public static boolean isApart(Ports one, Ports other) {
    return one.from > other.to || other.from > one.to;
  }

  /** All ports but these, which are joined. */
  static List<Ports> others(List<Ports> joined) {
    List<Ports> others = new ArrayList<>();
    int next = 0;
    for (Ports range : joined) {
      if (range.from > next) {
        others.add(new Ports(next, range.from - 1));
      }
      next = range.to + 1;
    }
    if (next <= LAST) {
      others.add(new Ports(next, LAST));
    }
    return others;
  }

  /** The ports that both joined lists have. */
  static List<Ports> shared(List<Ports> one, List<Ports> other) {
    List<Ports> both = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < one.size() && j < other.size()) {
      Ports a = one.get(i);
      Ports b = other.get(j);
      if (a.from <= b.to && b.from <= a.to) {
        both.add(new Ports(Math.max(a.from, b.from), Math.min(a.to, b.to)));
      }
      if (a.to < b.to) {
        i++;
      } else {
        j++;
      }
    }
    return both;
  }

  /** The ports of a set as ranges, in order. */
  public static List<Ports> of(BitSet bits) {
    List<Ports> ranges = new ArrayList<>();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int end = bits.nextClearBit(from);
      ranges.add(new Ports(from, end - 1));
      from = bits.nextSetBit(end);
    }
    return ranges;
  }

  /** All of these as one set. */
  public static BitSet set(List<Ports> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set(range.from, range.to + 1));
    return bits;
  }
}
