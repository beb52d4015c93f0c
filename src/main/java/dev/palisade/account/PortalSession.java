package dev.palisade.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a browser's session holds: a username and when it began. Who that is and what they may do is
 * read anew in every request, so that disabling somebody, or another password, ends their sessions.
 */
public final class PortalSession {

  /** After this time a session ends, however busy it is. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final String USERNAME = "palisade.username";
  private static final String BEGAN = "palisade.began";

  private final HttpServletRequest request;

  private PortalSession(HttpServletRequest request) {
    this.request = request;
  }

  public static PortalSession of(HttpServletRequest request) {
    return new PortalSession(request);
  }

  /** Begins the session of a person under a new session id. */
  public void begin(String username) {
    request.getSession(true);
    request.changeSessionId();
    HttpSession session = request.getSession();
    session.setAttribute(USERNAME, username);
    session.setAttribute(BEGAN, Instant.now());
  }

  public void end() {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** Who began it, and when. */
  public record Begun(String username, Instant at) {}

  /** Who began the session; empty when there is none or it has lasted too long. */
  public Optional<Begun> begun() {
    HttpSession session = request.getSession(false);
    if (session == null
        || !(session.getAttribute(USERNAME) instanceof String username)
        || !(session.getAttribute(BEGAN) instanceof Instant began)) {
      return Optional.empty();
    }
    if (began.plus(LONGEST).isBefore(Instant.now())) {
      session.invalidate();
      return Optional.empty();
    }
    return Optional.of(new Begun(username, began));
  }
}
