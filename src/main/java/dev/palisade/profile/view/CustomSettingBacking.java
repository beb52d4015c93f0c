package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.profile.DeclaredType;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.SettingsCheck;
import dev.palisade.profile.application.EditDraft;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A setting that the catalog lacks: what it is, and its value. */
@Named("customSetting")
@RequestScoped
public class CustomSettingBacking {

  private static final String FORM = "custom";
  @Inject private ProfileEditBacking page;
  @Inject private EditDraft draft;
  @Inject private Catalog catalog;

  private String changed;
  private final CustomFields fields = new CustomFields();
  private String seen = "";
  private Conflict conflict;

  /** Fills the form with the setting that is to be changed, or with the key that was searched. */
  public void open() {
    fields.setKey(changed);
    present()
        .ifPresent(
            said -> {
              fields.take(said, catalog);
              seen = said.fingerprint();
            });
  }

  private Optional<ProfileSetting> present() {
    return changed == null
        ? Optional.empty()
        : page.getVersion().content().find(changed).filter(s -> s.declared() != null);
  }

  /** Whether the form changes a setting that the draft has. */
  public boolean isChange() {
    return present().isPresent() || !seen.isEmpty();
  }

  /** Saves it; each fault stands beside its field. */
  public void save() {
    List<Fault> faults = new ArrayList<>();
    SettingsCheck.Entry entry = fields.entry(isChange() ? changed : fields.getKey(), faults);
    if (seen.isEmpty() && page.getVersion().content().find(entry.key()).isPresent()) {
      faults.add(new Fault("/key", "The draft has this setting already."));
    }
    try {
      if (faults.isEmpty()) {
        draft.set(page.getSlug(), page.getNumber(), entry, seen);
        PageFlow.done(
            page.path("settings") + "&family=" + DeclaredType.FAMILY,
            entry.key() + " is in the draft.");
        return;
      }
      SettingsCheck.check(catalog, List.of(entry), page.getVersion().content());
    } catch (DomainException e) {
      if (e.problem() == Problem.CONTENT_CHANGED) {
        ProfileSetting now = page.reread().content().find(entry.key()).orElse(null);
        conflict = Conflict.of(page.edits(), entry.key(), now);
        seen = conflict.now();
        fields.setKey(entry.key());
        return;
      }
      if (e.faults().isEmpty()) {
        throw e;
      }
      e.faults().stream()
          .filter(f -> faults.stream().noneMatch(own -> f.pointer().endsWith(own.pointer())))
          .toList()
          .forEach(faults::add);
    }
    FieldFaults.show(faults, FORM);
  }

  public CustomFields getFields() {
    return fields;
  }

  /** The setting that is to be changed, or a key to begin with. */
  public String getChanged() {
    return changed;
  }

  public void setChanged(String changed) {
    this.changed = changed;
  }

  public String getSeen() {
    return seen;
  }

  /** Null stands for the empty text, which a form cannot send. */
  public void setSeen(String seen) {
    this.seen = seen == null ? "" : seen;
  }

  /** Null unless somebody else was faster. */
  public Conflict getConflict() {
    return conflict;
  }
}
