package dev.palisade.nix;

import java.util.List;
import java.util.stream.Stream;

/**
 * How strongly and under which condition a value is defined.
 *
 * @param priority as in the module system: the lowest number wins; 100 where nothing is said
 * @param order the place within a merged list: 500 for {@code mkBefore}, 1000 where nothing is said
 * @param condition the conditions of {@code mkIf} as they stand; empty for none
 * @param set the number of the set that has the value, so that one name twice is seen
 * @param overrides the priorities given on the way to the value, the outermost first
 */
public record Strength(
    int priority, int order, String condition, int set, List<Priority> overrides) {

  /**
   * A priority that was given to a value.
   *
   * @param names how many names the path to that value has
   */
  public record Priority(int names, int priority) {}

  /** The priority of a definition of which nothing is said. */
  public static final int USUAL = 100;

  /** A definition without any word about its strength. */
  public static final Strength PLAIN = new Strength(USUAL, 1000, "", 0);

  public Strength {
    overrides = List.copyOf(overrides);
  }

  public Strength(int priority, int order, String condition, int set) {
    this(priority, order, condition, set, List.of());
  }

  /**
   * The strength within an option that is a set or a list of its own: what is said about the whole
   * option decides between its definitions, what is said further inside between its members.
   *
   * @param names how many names the path of the option has
   */
  public Strength inside(int names) {
    return new Strength(last(names + 1, Integer.MAX_VALUE), order, condition, set, overrides);
  }

  /** The priority that the whole option has whose path has so many names. */
  public int whole(int names) {
    return last(0, names);
  }

  private int last(int from, int to) {
    return overrides.stream()
        .filter(o -> o.names() >= from && o.names() <= to)
        .reduce((former, later) -> later)
        .map(Priority::priority)
        .orElse(USUAL);
  }

  Strength within(String further) {
    return new Strength(
        priority,
        order,
        condition.isEmpty() ? further : condition + " and " + further,
        set,
        overrides);
  }

  Strength overridden(int names, int with) {
    return new Strength(
        with,
        order,
        condition,
        set,
        Stream.concat(overrides.stream(), Stream.of(new Priority(names, with))).toList());
  }

  Strength at(int place) {
    return new Strength(priority, place, condition, set, overrides);
  }

  Strength in(int number) {
    return new Strength(priority, order, condition, number, overrides);
  }
}
