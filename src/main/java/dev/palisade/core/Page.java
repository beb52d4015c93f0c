package dev.palisade.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the rows of this page, in the list's order
 * @param total how many rows the whole list has, or null where counting would cost too much
 * @param next the cursor of the next page, or null at the end
 */
public record Page<T>(List<T> items, @Nullable Long total, @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }

  /** A list that is complete on one page. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, (long) items.size(), null);
  }
}
