package dev.palisade.shell.view;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses what no form of a page sends, before anything acts on it: a form without the page's nonce
 * (without which the answer could not be shown), a form by GET, a partial request that belongs to
 * no form, a method that pages do not take, and a path with parameters in it.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class FormGuard extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** A UUID, whose Base64 PrimeFaces takes for a nonce. */
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final List<String> TAKEN = List.of("GET", "HEAD", "POST");

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String VIEW_STATE = "jakarta.faces.ViewState";
  private static final String PARTIAL = "jakarta.faces.partial.ajax";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String why = wrong(request);
    if (why == null) {
      chain.doFilter(request, response);
      return;
    }
    response.setStatus(
        isTaken(request)
            ? HttpServletResponse.SC_BAD_REQUEST
            : HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    if (!isTaken(request)) {
      response.setHeader("Allow", String.join(", ", TAKEN));
    }
    response.setContentType("text/html;charset=UTF-8");
    response
        .getOutputStream()
        .write(
            ("<!DOCTYPE html><html lang=\"en\"><title>Not accepted · Palisade</title><h1>This request is"
                    + " not accepted</h1><p>"
                    + why
                    + " Nothing was done. Open the page again; scripts must be allowed on it.</p><p><a"
                    + " href=\"/\">Go to the dashboard</a></p></html>")
                .getBytes(StandardCharsets.UTF_8));
  }

  /** What is wrong with it, or null. */
  private static String wrong(HttpServletRequest request) {
    String path = request.getServletPath();
    if (path.startsWith("/api") || path.startsWith("/agent") || path.startsWith("/nix")) {
      return null;
    }
    if (!isTaken(request)) {
      return "A page does not take this method.";
    }
    if (request.getMethod().equals("POST")) {
      boolean plain = String.valueOf(request.getContentType()).startsWith(FORM);
      String nonce = plain ? request.getParameter("primefaces.nonce") : null;
      return nonce != null && isNonce(nonce) && given(request, VIEW_STATE)
          ? null
          : "It is a form that no page of the portal sends.";
    }
    return given(request, VIEW_STATE)
            || given(request, PARTIAL)
            || request.getHeader("Faces-Request") != null
        ? "It is half a form."
        : null;
  }

  private static boolean isTaken(HttpServletRequest request) {
    return TAKEN.contains(request.getMethod());
  }

  private static boolean isNonce(String text) {
    try {
      return UUID.matcher(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
          .matches();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean given(HttpServletRequest request, String name) {
    return request.getParameter(name) != null;
  }
}
