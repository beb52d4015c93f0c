package dev.palisade.journal;

import dev.palisade.core.DomainException;
import dev.palisade.core.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Which acts to list or count; a null member does not narrow.
 *
 * @param object a thing's name
 * @param act an act, {@code version.approved}, or all of a kind of thing, {@code version}
 * @param from not before this
 * @param to before this
 * @param withoutAct an act to leave out
 */
public record JournalFilter(
    String actor, String object, String act, Instant from, Instant to, String withoutAct) {

  /** Every act. */
  public static final JournalFilter ALL = new JournalFilter(null, null, null, null, null, null);

  private static final int MOST = 500;

  /**
   * Reads what a person or a script typed; blank texts do not narrow.
   *
   * @param from a time, or a day, which is counted from its beginning in UTC
   * @param to a time, or a day, which is counted in full
   */
  public static JournalFilter read(
      String actor, String object, String act, String from, String to) {
    Instant begin = time("/from", from, 0);
    Instant end = time("/to", to, 1);
    if (begin != null && end != null && !begin.isBefore(end)) {
      throw DomainException.notValid("/to", "This lies before the beginning, so no act can match.");
    }
    return new JournalFilter(
        word("/actor", actor), word("/object", object), word("/act", act), begin, end, null);
  }

  /** The same without an act of that name. */
  public JournalFilter without(String left) {
    return new JournalFilter(actor, object, act, from, to, left);
  }

  private static String word(String pointer, String text) {
    return text == null || text.isBlank() ? null : Words.line(pointer, text, MOST);
  }

  private static Instant time(String pointer, String text, int daysLater) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String time = text.strip();
    try {
      Instant read =
          time.contains("T")
              ? OffsetDateTime.parse(time).toInstant()
              : LocalDate.parse(time).plusDays(daysLater).atStartOfDay(ZoneOffset.UTC).toInstant();
      int year = read.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 0 && year <= 9999) {
        return read;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw DomainException.notValid(
        pointer, "This is a time such as 2026-11-24T08:00:00Z, or a day such as 2026-11-24.");
  }
}
