package dev.palisade.journal;

import static java.util.Locale.ROOT;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names acts and the things that they were done to, and says on which page a thing stands. */
public final class ActWords {

  /** The act of signing in, which readers of the journal often leave out. */
  public static final String SIGN_IN = "user.signed-in";

  private static final Pattern VERSION = Pattern.compile("(.+) v([0-9]+)");

  private static final Pattern MOMENT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[0-9:.]*Z");

  private static final Map<String, String> LABELS = new LinkedHashMap<>();

  static {
    label("version.drafted", "Began a draft");
    label("version.edited", "Edited a draft");
    label("version.imported", "Imported settings");
    label("version.commented", "Commented");
    label("version.submitted", "Asked for review");
    label("version.withdrawn", "Withdrew from review");
    label("version.approval-given", "Gave one approval of several");
    label("version.approved", "Approved");
    label("version.approved-in-emergency", "Approved in an emergency");
    label("version.emergency-confirmed", "Confirmed an emergency");
    label("version.rejected", "Rejected");
    label("version.retired", "Retired");
    label("profile.created", "Created a profile");
    label("profile.described", "Described a profile");
    label("profile.rule-change-proposed", "Proposed another approval rule");
    label("profile.rule-change-approved", "Approved another approval rule");
    label("profile.rule-change-rejected", "Rejected another approval rule");
    label("profile.rule-change-withdrawn", "Withdrew a proposed approval rule");
    label("host.registered", "Registered a host");
    label("host.enrolled", "Enrolled");
    label("host.accepted", "Accepted a host");
    label("host.labelled", "Labelled a host");
    label("host.key-pinned", "Pinned a host’s key");
    label("host.token-rotated", "Gave a host another token");
    label("host.parameters-supplied", "Supplied parameters of a host");
    label("host.profiles-assigned", "Assigned profiles to a host");
    label("host.rolled-back", "Rolled back");
    label("group.created", "Created a group");
    label("group.changed", "Changed a group");
    label("group.removed", "Removed a group");
    label("rollout.planned", "Planned a rollout");
    label("rollout.checked", "Checked a planned rollout again");
    label("rollout.let-through", "Overrode the lockout check");
    label("rollout.started", "Started a rollout");
    label("waiver.requested", "Asked for a waiver");
    label("waiver.approved", "Approved a waiver");
    label("waiver.rejected", "Rejected a waiver");
    label("waiver.revoked", "Revoked a waiver");
    label("waiver.hosts-left", "Hosts left a waiver");
    label("user.created", "Created a user");
    label("user.changed", "Changed a user");
    label(SIGN_IN, "Signed in");
    label("user.token-issued", "Took a token for the API");
    label("enrolment-token.created", "Created an enrolment token");
    label("enrolment-token.revoked", "Revoked an enrolment token");
    label("delivery-token.created", "Created a delivery token");
    label("delivery-token.revoked", "Revoked a delivery token");
    label("statements.renewed", "Renewed signed statements");
    label("portal.started-for-single-operator", "Started in single-operator mode");
  }

  private ActWords() {}

  private static void label(String act, String words) {
    LABELS.put(act, words);
  }

  /** Every act with its label, in the order of a list to choose from. */
  public static Map<String, String> labels() {
    return new LinkedHashMap<>(LABELS);
  }

  /** The label of an act; of one that has none, its code with spaces. */
  public static String label(String act) {
    return LABELS.getOrDefault(act, act.replace('.', ' ').replace('-', ' '));
  }

  /** What a part of an entry's detail is called: its key in words, {@code expires at}. */
  public static String part(String key) {
    return key.equals("words") ? "comment" : key.replaceAll("([A-Z])", " $1").toLowerCase(ROOT);
  }

  /**
   * A value of an entry's detail as people write it: yes, no, a moment to the minute, or itself.
   */
  public static String value(Object value) {
    if (value instanceof Boolean) {
      return value.equals(true) ? "yes" : "no";
    }
    String text = String.valueOf(value);
    return MOMENT.matcher(text).matches()
        ? text.substring(0, 10) + " " + text.substring(11, 16) + " UTC"
        : text;
  }

  /** The thing as people name it: a number alone says what it is the number of. */
  public static String object(String kind, String object) {
    return object.matches("[0-9]+") ? kind.replace('-', ' ') + " " + object : object;
  }

  /**
   * The page on which the thing stands, below the context path; null where no page has it.
   *
   * @param act what was done: a thing that was removed has no page any more
   * @param detail what else the entry says
   */
  public static String page(String act, String kind, String object, Map<String, Object> detail) {
    Matcher version = VERSION.matcher(object);
    return switch (kind) {
      case "version" ->
          version.matches()
              ? "/profile/version?slug=" + encoded(version.group(1)) + "&number=" + version.group(2)
              : null;
      case "profile" -> "/profile/versions?slug=" + encoded(object);
      case "host" -> "/fleet/detail?name=" + encoded(object);
      case "group" -> act.endsWith(".removed") ? null : "/fleet/groups?slug=" + encoded(object);
      case "waiver" -> "/assignment/waiver?id=" + encoded(object);
      case "rollout" ->
          detail.get("rollout") instanceof Number id ? "/rollout/detail?id=" + id : "/rollout/list";
      case "enrolment-token" -> "/fleet/enrolment?id=" + encoded(object);
      case "delivery-token" ->
          detail.get("id") instanceof Number id ? "/fleet/delivery?id=" + id : "/fleet/delivery";
      case "user" -> "/account/list";
      default -> null;
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
