package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.core.Count;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.References;
import dev.palisade.profile.SettingsCheck.Entry;
import dev.palisade.profile.application.EditDraft;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The settings of a draft; each is saved by itself when its field is left. */
@Named("draftSettings")
@RequestScoped
public class DraftSettingsBacking {

  private static final int ROWS = 60;

  @Inject private ProfileEditBacking page;
  @Inject private EditDraft draft;
  @Inject private Catalog catalog;

  private List<EditedSetting> rows;
  private int count;
  private int noteworthy = -1;

  public List<EditedSetting> getRows() {
    if (rows == null) {
      DraftRows all = new DraftRows(page.getVersion().content(), catalog);
      List<EditedSetting> whole =
          switch (page.getPart()) {
            case "found" -> all.found(page.getQuery());
            case "draft" -> all.chosen();
            case "check" -> all.noteworthy();
            case "custom" -> List.<EditedSetting>of();
            default -> all.family(page.getFamily());
          };
      count = whole.size();
      rows = new ArrayList<>(whole.subList(first(), Math.min(first() + ROWS, count)));
      if (!rows.isEmpty() && page.getPart().equals("draft")) {
        rows.get(0).setHeading(rows.get(0).getSetting().family());
      }
      PostedRow.of(FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap())
          .ifPresent(posted -> place(posted, all.row(posted.key(), posted.declared())));
    }
    return rows;
  }

  private int first() {
    return Math.min(Math.max(page.getPage() - 1, 0) * ROWS, count);
  }

  /** How many there are on all pages. */
  public int getCount() {
    getRows();
    return count;
  }

  /** The number of the next page, or 0 where this is the last. */
  public int getNextPage() {
    return first() + ROWS < getCount() ? first() / ROWS + 2 : 0;
  }

  /** The number of the page before, or 0 where this is the first. */
  public int getPreviousPage() {
    getRows();
    return first() / ROWS;
  }

  private void place(PostedRow posted, EditedSetting row) {
    if (row == null) {
      return;
    }
    if (posted.shown()) {
      row.keepShown();
    }
    if (posted.conflict()) {
      row.keepConflict();
    }
    while (rows.size() <= posted.index() && rows.size() < catalog.settings().size()) {
      rows.add(row);
    }
    if (posted.index() < rows.size()) {
      row.setHeading(rows.get(posted.index()).getHeading());
      rows.set(posted.index(), row);
    }
  }

  /** How many settings are worth a look. */
  public int getNoteworthy() {
    if (noteworthy < 0) {
      noteworthy = new DraftRows(page.getVersion().content(), catalog).noteworthy().size();
    }
    return noteworthy;
  }

  /** Saves one row; what is refused stays in its field, with the reason beside it. */
  public void save(EditedSetting row) {
    save(row, row.getSeen());
  }

  private void save(EditedSetting row, String seen) {
    try {
      page.became(draft.set(page.getSlug(), page.getNumber(), row.entry(), seen));
      row.saved(page.getVersion().content());
    } catch (DomainException e) {
      if (e.problem() == Problem.CONTENT_CHANGED) {
        row.conflicts(page.reread().content(), page.edits());
      } else {
        row.refused(e);
      }
    }
  }

  /** Takes the parameter that was picked, or a value of its own again, and saves it. */
  public void pick(EditedSetting row) {
    row.useParameter();
    save(row);
  }

  /** Lets one's own side replace the other that the page showed. */
  public void keepMine(EditedSetting row) {
    save(row, row.getTheirs());
  }

  /** Lets the other side stand. */
  public void takeTheirs(EditedSetting row) {
    row.show(page.reread().content());
  }

  /** Takes one setting out. */
  public void remove(EditedSetting row) {
    lead(
        () -> draft.remove(page.getSlug(), page.getNumber(), row.getKey(), row.getSeen()),
        row.getKey() + " is out of the draft.");
  }

  /** Puts one setting in, at the kernel's default or the first value that it accepts. */
  public void add(EditedSetting row) {
    Entry first = row.firstEntry();
    String key =
        row.isForEachInterface()
            ? References.forInterface(row.getSetting(), row.getInterfaceName())
            : row.getKey();
    put(new Entry(key, first.value(), null, false, first.declared()));
  }

  /** Puts a setting in that would help another one, at the other one's value. */
  public void help(EditedSetting row, String key) {
    put(new Entry(key, row.entry().value(), null, false, null));
  }

  private void put(Entry entry) {
    lead(
        () -> draft.set(page.getSlug(), page.getNumber(), entry, ""),
        entry.key() + " is in the draft. Choose its value.");
  }

  /** Adds what is missing of the family that is shown. */
  public void addFamily() {
    int added = draft.addFamily(page.getSlug(), page.getNumber(), page.getFamily());
    PageFlow.done(
        page.path(), Count.of(added, "setting") + " added, each at the kernel’s default.");
  }

  private void lead(Supplier<ProfileVersion> edit, String happened) {
    try {
      String path = page.path();
      page.became(edit.get());
      PageFlow.done(path, happened);
    } catch (DomainException e) {
      if (e.problem() != Problem.CONTENT_CHANGED) {
        throw e;
      }
      PageFlow.stale(page.path(), e.detail() + " Look at it before you go on.");
    }
  }
}
