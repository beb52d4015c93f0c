package dev.palisade.nix;

/**
 * How strongly and under which condition a value is defined.
 *
 * @param priority as in the module system: the lowest number wins; 100 where nothing is said
 * @param order the place within a merged list: 500 for {@code mkBefore}, 1000 where nothing is said
 * @param condition the conditions of {@code mkIf} as they stand; empty for none
 * @param set the number of the set that has the value, so that one name twice is seen
 */
public record Strength(int priority, int order, String condition, int set) {

  /** A definition without any word about its strength. */
  public static final Strength PLAIN = new Strength(100, 1000, "", 0);

  Strength within(String further) {
    return new Strength(
        priority, order, condition.isEmpty() ? further : condition + " and " + further, set);
  }
}
