package dev.palisade.assignment.view;

import dev.palisade.assignment.application.AssignProfiles;
import dev.palisade.assignment.application.AssignProfiles.HostParameter;
import dev.palisade.catalog.SettingValue;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** The values that a host's profiles leave to its operator. */
@Named("hostParameters")
@RequestScoped
public class HostParametersBacking {

  @Inject private AssignProfiles assign;

  private String name;
  private List<HostParameter> rows;

  public List<HostParameter> getRows() {
    if (rows == null) {
      rows = assign.parameters(name == null ? "" : name);
    }
    return rows;
  }

  /** What is accepted, and what counts where nothing is supplied. */
  public String help(HostParameter row) {
    SettingValue standard = row.parameter().standard();
    String otherwise =
        row.byGroup() != null
            ? "; else " + row.byGroup() + ", by its group."
            : standard != null ? "; else " + standard.display() + "." : "; it must be supplied.";
    return "Takes " + row.parameter().takes() + otherwise;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
