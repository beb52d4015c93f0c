package dev.palisade.journal.view;

import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Problem;
import dev.palisade.journal.ActWords;
import dev.palisade.journal.JournalEntry;
import dev.palisade.journal.JournalFilter;
import dev.palisade.journal.application.ReadJournal;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was done by whom, newest first. */
@Named("journalList")
@RequestScoped
public class JournalListBacking {

  private static final int PAGE = 50;

  @Inject private ReadJournal journal;

  private final Map<String, String> filters = new LinkedHashMap<>();
  private Long before;
  private Page<JournalEntry> page;
  private String fault;

  public Page<JournalEntry> getPage() {
    if (page == null) {
      try {
        page = journal.newest(this::filter, before, PAGE);
      } catch (DomainException e) {
        if (e.problem() != Problem.NOT_VALID) {
          throw e;
        }
        fault = e.detail();
        page = Page.whole(List.of());
      }
    }
    return page;
  }

  private JournalFilter filter() {
    JournalFilter filter =
        JournalFilter.read(
            filters.get("actor"),
            filters.get("object"),
            filters.get("act"),
            filters.get("from"),
            filters.get("to"));
    return isWithoutSignIns() ? filter.without(ActWords.SIGN_IN) : filter;
  }

  /** Whether sign-ins are left out, which are most of a journal. */
  public boolean isWithoutSignIns() {
    return "hidden".equals(filters.get("signins"));
  }

  /** The acts to choose from, by code. */
  public Map<String, String> getActs() {
    return ActWords.labels();
  }

  /** What was done, in words. */
  public String act(JournalEntry entry) {
    return ActWords.label(entry.getAct());
  }

  /** What it was done to, in words. */
  public String object(JournalEntry entry) {
    return ActWords.object(entry.getObjectKind(), entry.getObject());
  }

  /** The page of what it was done to, or null where none has it. */
  public String page(JournalEntry entry) {
    return ActWords.page(
        entry.getAct(), entry.getObjectKind(), entry.getObject(), entry.getDetail());
  }

  /** Why nothing can be listed, or null. */
  public String getFault() {
    getPage();
    return fault;
  }

  public boolean isNarrowed() {
    return filters.values().stream().anyMatch(text -> text != null && !text.isBlank());
  }

  /** The filters by name, as the address has them. */
  public Map<String, String> getFilters() {
    return filters;
  }

  /** What the list is, as a sentence. */
  public String getTitle() {
    Long total = getPage().total();
    String acts = String.format(Locale.ENGLISH, total == 1 ? "%,d act is" : "%,d acts are", total);
    return acts + (isNarrowed() ? " found" : " on record");
  }

  /** The address of the whole journal under one filter. */
  public String only(String name, String value) {
    return "/journal/list?" + name + "=" + PageFlow.encoded(value);
  }

  /** The address of this list with one more parameter. */
  public String with(String name, Object value) {
    StringBuilder address = new StringBuilder("/journal/list?");
    filters.forEach(
        (filter, text) -> {
          if (text != null && !text.isBlank()) {
            address.append(filter).append('=').append(PageFlow.encoded(text)).append('&');
          }
        });
    return address + name + "=" + PageFlow.encoded(String.valueOf(value));
  }

  public Long getBefore() {
    return before;
  }

  public void setBefore(Long before) {
    this.before = before;
  }

  /** What else the entry says, in one line: {@code digest: 70c7… · from: 1 · to: 0}. */
  public String detail(JournalEntry entry) {
    return entry.getDetail().entrySet().stream()
        .map(member -> ActWords.part(member.getKey()) + ": " + inWords(member.getValue()))
        .collect(Collectors.joining(" · "));
  }

  private static String inWords(Object value) {
    if (value instanceof Map<?, ?> members) {
      return members.isEmpty()
          ? "none"
          : members.entrySet().stream()
              .map(member -> member.getKey() + "=" + inWords(member.getValue()))
              .collect(Collectors.joining(", "));
    }
    if (value instanceof Collection<?> items) {
      return items.isEmpty()
          ? "none"
          : items.stream().map(JournalListBacking::inWords).collect(Collectors.joining(", "));
    }
    return ActWords.value(value);
  }
}
