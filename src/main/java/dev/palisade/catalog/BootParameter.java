package dev.palisade.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the kernel reads a parameter of its command line, and what several words for it come to.
 *
 * @param alsoSetBy other words that set the same thing, with the value that each stands for: {@code
 *     nopti} is {@code pti=off}
 * @param weakenedBy a word that may set it aside although it stands for another parameter, or null
 * @param source the function or file of Linux 6.12 that shows it
 */
public record BootParameter(
    Reads reads,
    Combines combines,
    Map<String, String> alsoSetBy,
    @Nullable String weakenedBy,
    String source) {

  /** Which spellings of a value the kernel accepts. */
  public enum Reads {
    /** {@code kstrtobool}: the first letter of y, t, 1, on, n, f, 0, off, in any case. */
    BOOL("bool"),
    /** The same, and the bare name means true: {@code param_set_bool}. */
    BOOL_OR_BARE("bool-or-bare"),
    /** Exactly the values that the catalog lists. */
    WORDS("words"),
    /** Those values in upper or lower case. */
    WORDS_ANY_CASE("words-any-case"),
    /** A whole number: decimal, octal with a leading 0, hexadecimal with 0x. */
    INTEGER("integer"),
    /** A whole number of which only matters whether it is zero. */
    NON_ZERO("non-zero"),
    /** That the name stands there is enough, whatever its value. */
    PRESENT("present"),
    /** Options with commas between them. */
    OPTIONS("options");

    private final String code;

    Reads(String code) {
      this.code = code;
    }

    /** The word used in the catalog's data. */
    public String code() {
      return code;
    }
  }

  /** What several words for one parameter come to. */
  public enum Combines {
    /** The last word that stands there counts. */
    LAST("last"),
    /** The strictest word counts: what is on is not switched off again. */
    TIGHTENS("tightens"),
    /** All words count together. */
    LIST("list");

    private final String code;

    Combines(String code) {
      this.code = code;
    }

    /** The word used in the catalog's data. */
    public String code() {
      return code;
    }
  }

  /** Of a parameter of which the catalog says nothing: a word that stands last, as it stands. */
  static final BootParameter UNKNOWN =
      new BootParameter(Reads.WORDS, Combines.LAST, Map.of(), null, "");

  public BootParameter {
    alsoSetBy = Map.copyOf(alsoSetBy);
  }
}
