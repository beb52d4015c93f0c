package dev.palisade.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was worked out before, by its input: the least recently asked for goes first. */
final class Kept {

  private Kept() {}

  /**
   * An empty one, for use by several threads.
   *
   * @param most how many are kept
   */
  static <K, V> Map<K, V> atMost(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        });
  }
}
