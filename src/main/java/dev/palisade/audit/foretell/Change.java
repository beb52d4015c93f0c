package dev.palisade.audit.foretell;

import dev.palisade.catalog.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A setting that would differ from what the host runs.
 *
 * @param from what it runs, or null where nothing sets it
 * @param to what it would run; null where the new content no longer speaks of it
 * @param why the direction in one sentence
 * @param basis what {@code from} rests on
 */
public record Change(
    String key,
    @Nullable String from,
    @Nullable String to,
    Direction direction,
    String why,
    Basis basis) {

  /** Where the present value is known from. */
  public enum Basis {
    EVIDENCE("evidence"),
    /** The release that was offered to the host last: evidence does not speak of the setting. */
    RELEASE("release");

    private final String code;

    Basis(String code) {
      this.code = code;
    }

    /** The word used in the API. */
    public String code() {
      return code;
    }
  }

  public boolean isRemoval() {
    return to == null;
  }
}
