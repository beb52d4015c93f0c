package dev.palisade.journal.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.Page;
import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Reads what was done by whom. */
@ApplicationScoped
public class ReadJournal {

  @Inject private Journal journal;

  /**
   * One page of acts, newest first.
   *
   * @param before the cursor: entries older than this id only; null for the newest
   * @param object a thing's name, or null for every thing
   * @param limit 1 to 500
   */
  @Requires(Permission.VIEW_RECORDS)
  @Transactional
  public Page<JournalEntry> newest(Long before, String object, int limit) {
    List<JournalEntry> found = journal.newest(before, object, limit + 1);
    boolean more = found.size() > limit;
    List<JournalEntry> page = more ? found.subList(0, limit) : found;
    return new Page<>(
        page,
        journal.count(object),
        more ? String.valueOf(page.get(page.size() - 1).getId()) : null);
  }
}
