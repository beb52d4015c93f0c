package dev.palisade.journal.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.Page;
import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalEntry;
import dev.palisade.journal.JournalFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Supplier;

/** Reads what was done by whom. */
@ApplicationScoped
public class ReadJournal {

  @Inject private Journal journal;

  /**
   * One page of acts, newest first.
   *
   * @param filter read only for who may see the records, so a mistake in it tells others nothing
   * @param before the cursor: entries with a lesser number only; null for the newest
   * @param limit 1 to 500
   */
  @Requires(Permission.VIEW_RECORDS)
  @Transactional
  public Page<JournalEntry> newest(Supplier<JournalFilter> filter, Long before, int limit) {
    JournalFilter asked = filter.get();
    return page(journal.newest(asked, before, limit + 1), journal.count(asked, 0), limit);
  }

  /**
   * One page of the acts after one that is known, oldest first.
   *
   * @param filter read only for who may see the records
   * @param after the number of the one that is known
   * @param cursor entries with a greater number only; null for the first page
   * @param limit 1 to 500
   */
  @Requires(Permission.VIEW_RECORDS)
  @Transactional
  public Page<JournalEntry> following(
      Supplier<JournalFilter> filter, long after, Long cursor, int limit) {
    JournalFilter asked = filter.get();
    long from = cursor == null ? after : Math.max(after, cursor);
    return page(journal.following(asked, from, limit + 1), journal.count(asked, after), limit);
  }

  private static Page<JournalEntry> page(List<JournalEntry> found, long total, int limit) {
    boolean more = found.size() > limit;
    List<JournalEntry> page = more ? found.subList(0, limit) : found;
    return new Page<>(
        page, total, more ? String.valueOf(page.get(page.size() - 1).getNumber()) : null);
  }
}
