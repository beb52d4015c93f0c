package dev.palisade.journal;

import dev.palisade.chain.ChainHead;
import dev.palisade.chain.SignedCheckpoint;
import java.util.List;

/** The append-only store of acts and of their signed checkpoints. */
public interface Journal {

  /**
   * The newest entry, and nobody else adds one until this transaction ends. Whoever comes meanwhile
   * waits.
   */
  ChainHead lock();

  /** The newest entry. */
  ChainHead head();

  void append(JournalEntry entry);

  /**
   * Acts, newest first.
   *
   * @param before entries with a lesser number only; null for the newest
   * @param most how many at most
   */
  List<JournalEntry> newest(JournalFilter filter, Long before, int most);

  /**
   * Acts, oldest first.
   *
   * @param after entries with a greater number only
   * @param most how many at most
   */
  List<JournalEntry> following(JournalFilter filter, long after, int most);

  /** How many acts match, of those with a greater number. */
  long count(JournalFilter filter, long after);

  /**
   * Keeps a checkpoint.
   *
   * @return it, or the one that the same key gave to the same entry before
   */
  SignedCheckpoint keep(SignedCheckpoint signed);

  /** Every checkpoint, oldest entry first. */
  List<SignedCheckpoint> checkpoints();
}
