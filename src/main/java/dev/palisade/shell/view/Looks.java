package dev.palisade.shell.view;

import java.util.Locale;
import java.util.Map;

/**
 * The one table of how states are drawn. A code may be an enum constant, its name in any case, or
 * its code with underscores or hyphens. A code that is not listed is drawn as not known, with the
 * code itself as its word: never green.
 */
public final class Looks {

  private static final String NOT_KNOWN_ICON = "question-circle";

  private static final Map<String, Look> VERDICTS =
      Map.ofEntries(
          Map.entry("compliant", new Look("check-circle", "ok", "Compliant")),
          Map.entry("stronger", new Look("angle-double-up", "ok", "Stronger")),
          Map.entry("drifted", new Look("wave-pulse", "fail", "Drifted")),
          Map.entry("overridden", new Look("file-edit", "fail", "Overridden")),
          Map.entry("shadowed", new Look("clone", "fail", "Shadowed")),
          Map.entry("not_deployed", new Look("cloud-download", "wait", "Not deployed")),
          Map.entry("pending_reboot", new Look("power-off", "wait", "Pending reboot")),
          Map.entry("absent", new Look("minus-circle", "none", "Absent")),
          Map.entry("unreadable", new Look("eye-slash", "none", "Unreadable")),
          Map.entry("unknown", new Look(NOT_KNOWN_ICON, "none", "Unknown")),
          Map.entry("no_effect", new Look("ban", "mute", "No effect")),
          Map.entry("waived", new Look("calendar-clock", "waived", "Waived")));

  private static final Map<String, Look> GROUPS =
      Map.of(
          "failing", new Look("exclamation-circle", "fail", "Failing"),
          "waiting", new Look("clock", "wait", "Waiting"),
          "not_known", new Look(NOT_KNOWN_ICON, "none", "Not known"),
          "waived", new Look("calendar-clock", "waived", "Waived"),
          "no_effect", new Look("ban", "mute", "No effect"),
          "holding", new Look("check-circle", "ok", "Holding"));

  private static final Map<String, Look> STATES =
      Map.ofEntries(
          // a profile version
          Map.entry("draft", new Look("pencil", "mute", "Draft")),
          Map.entry("in_review", new Look("clock", "run", "In review")),
          Map.entry("approved", new Look("check-circle", "ok", "Approved")),
          Map.entry("rejected", new Look("times-circle", "fail", "Rejected")),
          Map.entry("retired", new Look("inbox", "mute", "Retired")),
          // a proposal
          Map.entry("open", new Look("clock", "run", "Open")),
          Map.entry("withdrawn", new Look("undo", "mute", "Withdrawn")),
          Map.entry("void", new Look("ban", "mute", "Void")),
          // a waiver
          Map.entry("requested", new Look("clock", "run", "Asked for")),
          Map.entry("revoked", new Look("ban", "mute", "Revoked")),
          Map.entry("expired", new Look("calendar-times", "mute", "Expired")),
          // a rollout
          Map.entry("scheduled", new Look("calendar", "mute", "Scheduled")),
          Map.entry("running", new Look("play-circle", "run", "Running")),
          Map.entry("paused", new Look("pause-circle", "wait", "Paused")),
          Map.entry("halted", new Look("stop-circle", "fail", "Halted")),
          Map.entry("finished", new Look("flag", "mute", "Finished")),
          Map.entry("finished_verified", new Look("check-circle", "ok", "Finished, all verified")),
          Map.entry(
              "finished_partly", new Look(NOT_KNOWN_ICON, "none", "Finished, verified in part")),
          Map.entry("finished_failed", new Look("times-circle", "fail", "Finished, with failures")),
          Map.entry(
              "finished_nothing", new Look(NOT_KNOWN_ICON, "none", "Finished, none verified")),
          Map.entry("aborted", new Look("ban", "mute", "Aborted")),
          // a wave
          Map.entry("not_started", new Look("clock", "mute", "Not started")),
          Map.entry("soaking", new Look("hourglass", "run", "Soaking")),
          Map.entry("done", new Look("check-circle", "ok", "Done")),
          // a host in a rollout
          Map.entry("planned", new Look("clock", "mute", "Planned")),
          Map.entry("refused", new Look("forward", "none", "Refused")),
          Map.entry("superseded", new Look("forward", "mute", "Superseded")),
          Map.entry("offered", new Look("send", "run", "Offered")),
          Map.entry("fetched", new Look("download", "run", "Fetched")),
          Map.entry("verified", new Look("check-circle", "ok", "Verified")),
          Map.entry(
              "verified_partly", new Look(NOT_KNOWN_ICON, "none", "Verified, some not known")),
          Map.entry("failing", new Look("times-circle", "fail", "Failing")),
          Map.entry("failing_before", new Look("equals", "none", "Failing as before")),
          Map.entry("rolled_back", new Look("replay", "fail", "Rolled back")),
          // a host, an account, a token
          Map.entry("reporting", new Look("check-circle", "ok", "Reporting")),
          Map.entry("silent", new Look(NOT_KNOWN_ICON, "none", "Silent")),
          Map.entry("never", new Look(NOT_KNOWN_ICON, "none", "Never reported")),
          Map.entry("enabled", new Look("check-circle", "ok", "Enabled")),
          Map.entry("disabled", new Look("ban", "mute", "Disabled")),
          // a host in a forecast
          Map.entry("lock_out", new Look("lock", "fail", "Lockout")),
          Map.entry("breakage", new Look("exclamation-triangle", "wait", "Breaks")),
          Map.entry("check", new Look("info-circle", "mute", "To check")),
          Map.entry("changes", new Look("sync", "run", "Changes")),
          Map.entry("held", new Look("check-circle", "ok", "Already so")),
          // a change between two versions
          Map.entry("weaker", new Look("arrow-down", "fail", "Weaker")),
          Map.entry("stronger", new Look("arrow-up", "ok", "Stronger")),
          Map.entry("neutral", new Look("equals", "mute", "Neutral")),
          Map.entry("unknown", new Look(NOT_KNOWN_ICON, "none", "Unknown")));

  private static final Map<String, Look> NOTES =
      Map.of(
          "ok", new Look("check-circle", "ok", "Done"),
          "info", new Look("info-circle", "info", "Note"),
          "warn", new Look("exclamation-triangle", "wait", "Mind this"),
          "fail", new Look("times-circle", "fail", "Problem"));

  private Looks() {}

  /** How one of the twelve verdicts is drawn. */
  public static Look verdict(Object code) {
    return find(VERDICTS, code);
  }

  /** How one of the six groups of verdicts is drawn. */
  public static Look group(Object code) {
    return find(GROUPS, code);
  }

  /** How the state of a version, rollout, wave, host, account or change is drawn. */
  public static Look state(Object code) {
    return find(STATES, code);
  }

  /** How a note is drawn: ok, info, warn (or wait) or fail (or error); anything else as info. */
  public static Look note(Object tone) {
    return switch (key(tone)) {
      case "warn", "wait" -> look(NOTES, "warn");
      case "fail", "error" -> look(NOTES, "fail");
      case "ok" -> look(NOTES, "ok");
      default -> look(NOTES, "info");
    };
  }

  private static Look look(Map<String, Look> table, String key) {
    return table.getOrDefault(key, new Look(NOT_KNOWN_ICON, "none", key));
  }

  private static Look find(Map<String, Look> table, Object code) {
    Look found = table.get(key(code));
    return found != null ? found : new Look(NOT_KNOWN_ICON, "none", String.valueOf(code));
  }

  private static String key(Object code) {
    String name = code instanceof Enum<?> e ? e.name() : String.valueOf(code);
    return name.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }
}
