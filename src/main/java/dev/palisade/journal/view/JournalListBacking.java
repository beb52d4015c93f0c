package dev.palisade.journal.view;

import dev.palisade.core.Page;
import dev.palisade.journal.JournalEntry;
import dev.palisade.journal.application.ReadJournal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What was done by whom, newest first. */
@Named("journalList")
@RequestScoped
public class JournalListBacking {

  private static final int PAGE = 50;

  @Inject private ReadJournal journal;

  private Long before;
  private String object;
  private Page<JournalEntry> page;

  public Page<JournalEntry> getPage() {
    if (page == null) {
      page = journal.newest(before, object == null || object.isBlank() ? null : object, PAGE);
    }
    return page;
  }

  public Long getBefore() {
    return before;
  }

  public void setBefore(Long before) {
    this.before = before;
  }

  public String getObject() {
    return object;
  }

  public void setObject(String object) {
    this.object = object;
  }
}
