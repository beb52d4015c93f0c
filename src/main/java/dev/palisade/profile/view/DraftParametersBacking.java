package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.profile.Leeway;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ParametersCheck;
import dev.palisade.profile.References;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.application.EditDraft;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a draft leaves to operators, and what their choice can do. */
@Named("draftParameters")
@RequestScoped
public class DraftParametersBacking {

  /** A parameter, and each setting that uses it. */
  public record Row(Parameter parameter, List<Leeway> uses) {

    /** Whether some choice of an operator can weaken a setting. */
    public boolean weakens() {
      return uses.stream().anyMatch(Leeway::weakens);
    }
  }

  private static final String FORM = "parameter";
  private static final String TAB = "parameters";

  @Inject private ProfileEditBacking page;
  @Inject private EditDraft draft;
  @Inject private Catalog catalog;

  private String changed;
  private final ParameterFields fields = new ParameterFields();
  private String seen = "";
  private Conflict conflict;

  /** Fills the form with the parameter that is to be changed. */
  public void open() {
    present()
        .ifPresent(
            parameter -> {
              fields.take(parameter);
              seen = parameter.fingerprint();
            });
  }

  public List<Row> getRows() {
    VersionContent content = page.getVersion().content();
    return content.parameters().stream()
        .map(p -> new Row(p, Leeway.of(p, content, catalog)))
        .toList();
  }

  private Optional<Parameter> present() {
    return changed == null ? Optional.empty() : page.getVersion().content().parameter(changed);
  }

  /** Whether the form changes a parameter that the draft has. */
  public boolean isChange() {
    return present().isPresent() || !seen.isEmpty();
  }

  /** Saves it; each fault stands beside its field. */
  public void save() {
    String replaced = isChange() ? changed : null;
    List<Fault> faults = new ArrayList<>();
    ParametersCheck.Entry entry = fields.entry(faults);
    try {
      if (faults.isEmpty()) {
        draft.setParameter(page.getSlug(), page.getNumber(), entry, replaced, seen);
        PageFlow.done(
            page.path(TAB),
            entry.name() + " is declared. Settings use it as " + References.to(entry.name()) + ".");
        return;
      }
      ParametersCheck.check(catalog, entry, replaced, page.getVersion().content());
    } catch (DomainException e) {
      if (e.problem() == Problem.CONTENT_CHANGED) {
        clash();
        return;
      }
      if (e.faults().isEmpty()) {
        throw e;
      }
      faults.addAll(e.faults());
    }
    FieldFaults.show(faults, FORM);
  }

  private void clash() {
    page.reread();
    conflict =
        Conflict.of(
            page.edits(),
            References.to(changed),
            present().map(p -> p.toJson().toString()).orElse("taken out"),
            present().map(Parameter::fingerprint).orElse(""));
    seen = conflict.now();
  }

  /**
   * Takes a parameter out that nothing uses.
   *
   * @param name as the page had it, whatever stands in its row now
   */
  public void remove(String name, String fingerprint) {
    draft.removeParameter(page.getSlug(), page.getNumber(), name, fingerprint);
    PageFlow.done(page.path(TAB), name + " is out of the draft.");
  }

  public ParameterFields getFields() {
    return fields;
  }

  /** The name of the parameter that is to be changed, or null. */
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
