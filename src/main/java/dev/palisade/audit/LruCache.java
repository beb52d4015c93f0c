package dev.palisade.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Creates bounded caches of results by their inputs. */
final class LruCache {

  private LruCache() {}

  /**
   * Creates an empty cache for use by several threads. It drops the least recently used entry.
   *
   * @param maxEntries how many entries it holds at most
   */
  static <K, V> Map<K, V> create(int maxEntries) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > maxEntries;
          }
        });
  }
}
