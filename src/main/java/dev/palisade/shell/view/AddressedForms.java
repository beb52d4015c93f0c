package dev.palisade.shell.view;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ValueExpression;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.component.UIViewParameter;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewMetadata;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends every form to the address of its page with the view parameters in it, and gives them to the
 * beans before the page is restored. Faces does that only after it has walked through the page,
 * when the page's lists have already asked which host or version they are about.
 */
public class AddressedForms extends ViewHandlerWrapper {

  public AddressedForms(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public UIViewRoot restoreView(FacesContext faces, String viewId) {
    String page = deriveViewId(faces, viewId);
    ViewMetadata metadata =
        page == null ? null : getViewDeclarationLanguage(faces, page).getViewMetadata(faces, page);
    if (metadata != null) {
      Map<String, String> sent = faces.getExternalContext().getRequestParameterMap();
      UIViewRoot head = metadata.createMetadataView(faces);
      for (UIViewParameter parameter : ViewMetadata.getViewParameters(head)) {
        give(faces.getELContext(), parameter, sent.get(parameter.getName()));
      }
    }
    return super.restoreView(faces, viewId);
  }

  private static void give(ELContext el, UIViewParameter parameter, String sent) {
    ValueExpression target = parameter.getValueExpression("value");
    if (sent == null || sent.isEmpty() || target == null) {
      return;
    }
    try {
      target.setValue(el, el.convertToType(sent, target.getType(el)));
    } catch (ELException e) {
      // It is no number where one is meant; the parameter's own conversion says so.
      return;
    }
  }

  @Override
  public String getActionURL(FacesContext faces, String viewId) {
    String address = super.getActionURL(faces, viewId);
    UIViewRoot page = faces.getViewRoot();
    if (page == null || !viewId.equals(page.getViewId()) || address.contains("?")) {
      return address;
    }
    StringBuilder query = new StringBuilder();
    parameters(faces, page)
        .forEach(
            (name, value) ->
                query
                    .append(query.isEmpty() ? '?' : '&')
                    .append(PageFlow.encoded(name))
                    .append('=')
                    .append(PageFlow.encoded(value)));
    return address + query;
  }

  private static Map<String, String> parameters(FacesContext faces, UIViewRoot page) {
    Map<String, String> values = new LinkedHashMap<>();
    for (UIViewParameter parameter : ViewMetadata.getViewParameters(page)) {
      String value = parameter.getStringValue(faces);
      if (value != null && !value.isEmpty()) {
        values.put(parameter.getName(), value);
      }
    }
    return values;
  }
}
