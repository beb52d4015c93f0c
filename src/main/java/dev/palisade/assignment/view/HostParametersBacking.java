package dev.palisade.assignment.view;

import dev.palisade.assignment.application.AssignProfiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.application.ReadHosts;
import dev.palisade.fleet.application.RegisterHost;
import dev.palisade.profile.Parameter;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The values that a host's profiles leave to its operator. */
@Named("hostParameters")
@RequestScoped
public class HostParametersBacking {

  /** One parameter and what is supplied for it. */
  public static class Row {
    private final Parameter parameter;
    private final String byGroup;
    private String text;

    Row(Parameter parameter, String text, String byGroup) {
      this.parameter = parameter;
      this.text = text;
      this.byGroup = byGroup;
    }

    public Parameter getParameter() {
      return parameter;
    }

    /** What is accepted, and what counts where nothing is supplied. */
    public String getHelp() {
      SettingValue standard = parameter.standard();
      String otherwise =
          byGroup != null
              ? "; else " + byGroup + ", by its group."
              : standard != null ? "; else " + standard.display() + "." : "; it must be supplied.";
      return "Takes " + parameter.takes() + otherwise;
    }

    public boolean isMissing() {
      return parameter.of(text == null || text.isBlank() ? byGroup : text).isEmpty();
    }

    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text;
    }
  }

  @Inject private AssignProfiles assign;
  @Inject private ReadHosts hosts;
  @Inject private RegisterHost register;

  private String name;
  private List<Row> rows;

  public List<Row> getRows() {
    if (rows == null) {
      Map<String, String> own = hosts.host(name == null ? "" : name).getParameters();
      rows =
          assign.parameters(name).stream()
              .map(p -> new Row(p.parameter(), own.get(p.parameter().name()), p.byGroup()))
              .toList();
    }
    return rows;
  }

  /** Keeps what other profiles may want; an empty field takes a value away. */
  public void save() {
    Map<String, String> next = new TreeMap<>(hosts.host(name).getParameters());
    for (Row row : getRows()) {
      if (row.getText() == null || row.getText().isBlank()) {
        next.remove(row.getParameter().name());
      } else {
        next.put(row.getParameter().name(), row.getText());
      }
    }
    try {
      register.supply(name, next);
    } catch (DomainException e) {
      throw new DomainException(e.problem(), e.faults().get(0).detail());
    }
    PageFlow.done(
        "/fleet/detail?name=" + PageFlow.encoded(name),
        "Its parameters are set. What the host runs changes with the next rollout.");
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
