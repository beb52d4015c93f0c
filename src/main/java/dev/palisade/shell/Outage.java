package dev.palisade.shell;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Turns what nobody foresaw into a problem: the cause goes to the log, a reference to the person.
 */
public final class Outage {

  private static final System.Logger LOG = System.getLogger("dev.palisade");

  private Outage() {}

  /** The problem to answer with; writes the log entry. */
  public static DomainException of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DomainException refusal) {
        return refusal;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        String state = sql.getSQLState();
        if (state.equals("23514") || state.equals("23505") || state.startsWith("40")) {
          return new DomainException(
              Problem.CONFLICT,
              state.equals("23514")
                  ? "The database refused this: " + firstLine(sql.getMessage())
                  : "Somebody else did something at the same moment that this collides with. Look"
                      + " again.");
        }
        if (state.equals("22021")) {
          return new DomainException(
              Problem.NOT_VALID, "The request holds NUL, which no text here may hold.");
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
          LOG.log(System.Logger.Level.ERROR, "The database cannot be reached", failure);
          return new DomainException(
              Problem.UNAVAILABLE, "The database cannot be reached now. Try again in a moment.");
        }
      }
      if (cause instanceof EOFException) {
        return new DomainException(Problem.BAD_REQUEST, "The request ended before its body did.");
      }
      if (cause instanceof jakarta.persistence.OptimisticLockException) {
        return new DomainException(
            Problem.CONFLICT, "Somebody else changed this at the same moment. Look again.");
      }
    }
    String reference = UUID.randomUUID().toString().substring(0, 8);
    LOG.log(System.Logger.Level.ERROR, "Failure " + reference, failure);
    return new DomainException(
        Problem.FAILURE,
        "The portal failed; nothing was changed. The log has the cause under " + reference + ".");
  }

  private static String firstLine(String message) {
    return message == null
        ? ""
        : message.lines().findFirst().orElse("").replace("ERROR: ", "") + ".";
  }
}
