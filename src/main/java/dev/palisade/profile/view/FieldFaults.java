package dev.palisade.profile.view;

import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;
import java.util.List;

/** Shows each fault beside the field that it is about; what has no field stands on top. */
final class FieldFaults {

  private FieldFaults() {}

  /**
   * Shows what was refused.
   *
   * @param form the id of the form, whose fields are called as the members that are sent
   * @throws DomainException the refusal itself, where it names no fault
   */
  static void show(DomainException refusal, String form) {
    if (refusal.faults().isEmpty()) {
      throw refusal;
    }
    show(refusal.faults(), form);
  }

  /** Shows faults. */
  static void show(List<Fault> faults, String form) {
    FacesContext faces = FacesContext.getCurrentInstance();
    for (Fault fault : faults) {
      UIComponent field = null;
      for (String member : fault.pointer().split("/", -1)) {
        if (field == null && member.matches("[a-z]+")) {
          field = faces.getViewRoot().findComponent(form + ":" + member);
        }
      }
      if (field instanceof UIInput input) {
        input.setValid(false);
        input.setSubmittedValue(input.getValue()); // else an input at fault is shown empty
      }
      faces.addMessage(
          field == null ? null : field.getClientId(faces),
          new FacesMessage(FacesMessage.SEVERITY_ERROR, fault.detail(), fault.detail()));
    }
  }
}
