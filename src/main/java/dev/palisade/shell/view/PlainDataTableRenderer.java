package dev.palisade.shell.view;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import jakarta.faces.context.ResponseWriterWrapper;
import java.io.IOException;
import org.primefaces.component.datatable.DataTableRenderer;

/**
 * Renders tables without the inline style by which PrimeFaces hides one that reflows until its
 * script has run: the content security policy refuses inline styles.
 */
public class PlainDataTableRenderer extends DataTableRenderer {

  @Override
  public void encodeEnd(FacesContext faces, UIComponent table) throws IOException {
    ResponseWriter writer = faces.getResponseWriter();
    faces.setResponseWriter(new Plain(writer));
    try {
      super.encodeEnd(faces, table);
    } finally {
      faces.setResponseWriter(writer);
    }
  }

  private static final class Plain extends ResponseWriterWrapper {

    Plain(ResponseWriter wrapped) {
      super(wrapped);
    }

    @Override
    public void writeAttribute(String name, Object value, String property) throws IOException {
      if (!name.equals("style") || !String.valueOf(value).contains("visibility")) {
        super.writeAttribute(name, value, property);
      }
    }

    @Override
    public ResponseWriter cloneWithWriter(java.io.Writer writer) {
      return new Plain(getWrapped().cloneWithWriter(writer));
    }
  }
}
