package dev.palisade.journal;

import java.util.List;

/** The append-only store of acts. */
public interface Journal {

  void append(JournalEntry entry);

  /**
   * The newest acts, newest first.
   *
   * @param before entries older than this id only; null for the newest
   * @param object a thing's name, or null for every thing
   * @param most how many at most
   */
  List<JournalEntry> newest(Long before, String object, int most);

  /** How many acts there are, of one thing or of all. */
  long count(String object);
}
