package dev.palisade.shell.api;

import dev.palisade.account.Actor;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.People;
import dev.palisade.account.PortalSession;
import dev.palisade.account.TokenAuthority;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.shell.Outage;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who asks, by the path: tokens under {@code /api}, {@code /agent} and {@code /nix}, the
 * session everywhere else. A page asked for by nobody leads to the sign-in; an API path answers
 * 401. What the actor may then do is the use cases' affair. Nobody leaves a session behind.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class Authentication extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final List<String> OPEN =
      List.of("/error/", "/jakarta.faces.resource/", "/health", "/favicon.ico");

  /** Calls whose body is what proves them. */
  private static final Set<String> PROVEN_BY_BODY = Set.of("/api/v1/auth/token", "/agent/v1/enrol");

  @Inject private CurrentActor current;
  @Inject private Instance<TokenAuthority> authorities;
  @Inject private People people;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = decodedPath(request);
    if (request.getRequestURI().contains(";")) {
      answer(
          response,
          new DomainException(
              Problem.BAD_REQUEST, "An address here has no parameters in its path."),
          path);
      return;
    }
    try {
      if (path.startsWith("/agent/") || path.startsWith("/nix/")) {
        token(request, true).ifPresent(current::become);
      } else if (path.startsWith("/api/")) {
        Optional<Actor> actor = token(request, false);
        boolean reading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (actor.isEmpty() && reading && request.getHeader("Authorization") == null) {
          actor = session(request);
        }
        actor.ifPresent(current::become);
      } else {
        session(request).ifPresent(current::become);
        if (current.get().kind() != Actor.Kind.PERSON && !isOpen(path)) {
          toSignIn(request, response);
          return;
        }
      }
    } catch (RuntimeException e) {
      answer(response, Outage.of(e), path);
      return;
    }
    if (isTokenSurface(path)
        && current.get().kind() == Actor.Kind.NOBODY
        && !PROVEN_BY_BODY.contains(path)) {
      answer(
          response,
          new DomainException(
              Problem.NOT_AUTHENTICATED, "Send a token that is known, unexpired and not revoked."),
          path);
      return;
    }
    if (isTokenSurface(path) && !hasReadableTypes(request)) {
      answer(
          response,
          new DomainException(
              Problem.UNSUPPORTED_TYPE, "The Content-Type is one such as application/json."),
          path);
      return;
    }
    chain.doFilter(request, response);
    if (current.get().kind() == Actor.Kind.NOBODY) {
      PortalSession.of(request).end();
    }
  }

  /** As the container matched it: an encoded or parametrised path leads to the same resource. */
  private static String decodedPath(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  private static boolean isTokenSurface(String path) {
    return path.startsWith("/api/") || path.startsWith("/agent/") || path.startsWith("/nix/");
  }

  /** What is no media type is refused by the server itself, by a page and before any resource. */
  private static boolean hasReadableTypes(HttpServletRequest request) {
    List<String> types = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
    try {
      types.forEach(MediaType::valueOf);
      return types.size() <= 1;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isOpen(String path) {
    return path.equals("/login")
        || path.equals("/login.xhtml")
        || OPEN.stream().anyMatch(path::startsWith);
  }

  private Optional<Actor> session(HttpServletRequest request) {
    return PortalSession.of(request)
        .begun()
        .flatMap(begun -> people.inSession(begun.username(), begun.at()));
  }

  private Optional<Actor> token(HttpServletRequest request, boolean basic) {
    String header = request.getHeader("Authorization");
    if (header == null) {
      return Optional.empty();
    }
    if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return holder(header.substring(7).strip());
    }
    if (basic && header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return basic(header.substring(6).strip());
    }
    return Optional.empty();
  }

  /** Login and password; where the token is a host's, the login must be that host. */
  private Optional<Actor> basic(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : holder(pair.substring(colon + 1))
              .filter(
                  actor ->
                      actor.kind() == Actor.Kind.DELIVERY
                          || actor.name().equals(pair.substring(0, colon)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Actor> holder(String token) {
    return authorities.stream().flatMap(a -> a.holderOf(token).stream()).findFirst();
  }

  private static void toSignIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    String query = request.getQueryString();
    String from = query == null ? path : path + "?" + query;
    String suffix =
        path.equals("/") ? "" : "?from=" + URLEncoder.encode(from, StandardCharsets.UTF_8);
    String login = request.getContextPath() + "/login" + suffix;
    if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
      response.setContentType("text/xml;charset=UTF-8");
      response
          .getWriter()
          .write(
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
                  + login
                  + "\"/></partial-response>");
      return;
    }
    response.sendRedirect(login);
  }

  private static void answer(HttpServletResponse response, DomainException refusal, String path)
      throws IOException {
    if (!isTokenSurface(path)) {
      response.sendError(refusal.problem().status());
      return;
    }
    response.setStatus(refusal.problem().status());
    if (refusal.problem() == Problem.NOT_AUTHENTICATED) {
      response.setHeader(
          "WWW-Authenticate",
          path.startsWith("/api/") ? "Bearer" : "Basic realm=\"palisade\", charset=\"UTF-8\"");
    }
    response.setContentType(ProblemBody.TYPE);
    response.getOutputStream().write(ProblemBody.bytes(refusal));
  }
}
