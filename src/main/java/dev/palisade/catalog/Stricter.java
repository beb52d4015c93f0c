package dev.palisade.catalog;

import java.util.List;

/**
 * Which values of a setting are stricter than others.
 *
 * @param ranks for {@link Rule#LISTED} the values from the weakest to the strictest, those that are
 *     as strict as each other together; else empty
 */
public record Stricter(Rule rule, List<List<SettingValue>> ranks) {

  /** How two values are compared. */
  public enum Rule {
    /** The greater number, {@code true}, more bits, more elements. */
    HIGHER("higher"),
    /** The lesser number, {@code false}, fewer bits, fewer elements. */
    LOWER("lower"),
    /** The lesser number, but 0 stands for no limit at all. */
    LOWER_UNLESS_ZERO("lower-unless-zero"),
    /**
     * Fewer bits, where 1 stands for all of them and 0 for none ({@code kernel.sysrq}); two values
     * of which neither holds all bits of the other are not ranked. Source: {@code sysrq_on_mask} in
     * drivers/tty/sysrq.c, Linux 6.12.
     */
    FEWER_BITS_ONE_IS_ALL("fewer-bits-1-is-all"),
    /** As the ranks say; a value that is not among them is not ranked. */
    LISTED("listed"),
    /** The value is tuning: none is stricter than another. */
    NEITHER("neither");

    private final String code;

    Rule(String code) {
      this.code = code;
    }

    /** The word used in the catalog's data. */
    public String code() {
      return code;
    }
  }

  public Stricter {
    ranks = ranks.stream().map(List::copyOf).toList();
  }
}
