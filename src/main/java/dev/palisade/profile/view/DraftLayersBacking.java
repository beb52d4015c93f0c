package dev.palisade.profile.view;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.application.EditDraft;
import dev.palisade.profile.application.ReadDraft;
import dev.palisade.profile.application.ReadDraft.Stack;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;

/** What lies under a draft, and what all of it comes to. */
@Named("draftLayers")
@RequestScoped
public class DraftLayersBacking {

  private static final String TAB = "layers";
  private static final String NOTHING = "nothing: it stands alone";

  @Inject private ProfileEditBacking page;
  @Inject private EditDraft draft;
  @Inject private ReadDraft drafts;

  private String base;
  private String seen = "";
  private Stack stack;
  private Conflict conflict;

  /** Fills the form with what lies under the draft now. */
  public void open() {
    VersionRef present = page.getVersion().content().base();
    base = present == null ? "" : present.describe();
    seen = present == null ? "" : present.digest().hex();
  }

  /** What it can lie over, by the words of the menu; the value is the version as people name it. */
  public Map<String, String> getBases() {
    Map<String, String> bases = new LinkedHashMap<>();
    bases.put(NOTHING, "");
    drafts.bases(page.getSlug()).forEach(b -> bases.put(b.describe(), b.describe()));
    VersionRef present = page.getVersion().content().base();
    if (present != null) {
      bases.putIfAbsent(present.describe(), present.describe());
    }
    return bases;
  }

  public Stack getStack() {
    if (stack == null) {
      stack = drafts.stack(page.getSlug(), page.getNumber());
    }
    return stack;
  }

  /** Lays the draft over what was chosen. */
  public void save() {
    int cut = base.lastIndexOf(" v");
    boolean none = base.isEmpty() || cut < 0;
    try {
      draft.layOver(
          page.getSlug(),
          page.getNumber(),
          none ? null : base.substring(0, cut),
          none ? 0 : Integer.parseInt(base.substring(cut + 2)),
          seen);
      PageFlow.done(page.path(TAB), none ? "It stands alone." : "It lies over " + base + " now.");
    } catch (DomainException e) {
      if (e.problem() != Problem.CONTENT_CHANGED) {
        throw e;
      }
      VersionRef now = page.reread().content().base();
      conflict =
          Conflict.of(
              page.edits(),
              VersionContent.BASE,
              now == null ? NOTHING : now.describe(),
              now == null ? "" : now.digest().hex());
      seen = conflict.now();
    }
  }

  /** The version to lie over as people name it; empty for none. */
  public String getBase() {
    return base;
  }

  /** Null stands for the empty text, which a form cannot send. */
  public void setBase(String base) {
    this.base = base == null ? "" : base;
  }

  /** The digest of what lay under it when the page was opened; empty for nothing. */
  public String getSeen() {
    return seen;
  }

  /** As for the base. */
  public void setSeen(String seen) {
    this.seen = seen == null ? "" : seen;
  }

  /** One's own side in words. */
  public String getMine() {
    return base.isEmpty() ? NOTHING : base;
  }

  /** Null unless somebody else was faster. */
  public Conflict getConflict() {
    return conflict;
  }
}
