package dev.palisade.shell.view;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Leads from a form that was sent to the page that shows what it did. */
public final class PageFlow {

  private PageFlow() {}

  /**
   * Shows a page, with a message on top of it.
   *
   * @param path begins with a slash; values in it are encoded already
   */
  public static void done(String path, String message) {
    show(path, FacesMessage.SEVERITY_INFO, message);
  }

  /** Shows a page as it is now, where what it showed before was refused as stale; as for done. */
  public static void stale(String path, String message) {
    show(path, FacesMessage.SEVERITY_ERROR, message);
  }

  private static void show(String path, FacesMessage.Severity severity, String message) {
    FacesContext faces = FacesContext.getCurrentInstance();
    ExternalContext external = faces.getExternalContext();
    faces.addMessage(null, new FacesMessage(severity, message, message));
    external.getFlash().setKeepMessages(true);
    try {
      external.redirect(external.getRequestContextPath() + path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value as it stands in an address; null is empty there. */
  public static String encoded(String value) {
    return value == null ? "" : URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
