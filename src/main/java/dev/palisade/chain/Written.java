package dev.palisade.chain;

import dev.palisade.core.DomainException;
import java.time.DateTimeException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes text that this portal wrote, and nothing that merely means the same. */
public final class Written {

  private Written() {}

  /**
   * Reads a text that writes again to itself.
   *
   * @throws IllegalArgumentException where it does not, or cannot be read
   */
  public static <T> T exactly(String text, Supplier<T> reader, Function<T, String> writer) {
    T read;
    try {
      read = reader.get();
    } catch (DateTimeException | DomainException e) {
      throw new IllegalArgumentException("Not as the portal writes it", e);
    }
    if (!writer.apply(read).equals(text)) {
      throw new IllegalArgumentException("Not as the portal writes it");
    }
    return read;
  }
}
