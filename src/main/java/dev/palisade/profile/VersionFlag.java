package dev.palisade.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader has to know about the approvals of a version besides its state. */
public enum VersionFlag {
  /** Approved in an emergency; others are due. */
  EMERGENCY("Emergency", "wait", "stopwatch"),
  /** Approved in an emergency, and the others did not come in time. */
  EMERGENCY_LAPSED("Emergency lapsed", "fail", "times-circle"),
  /** Somebody who wrote it decided on it, in single-operator mode. */
  SINGLE_OPERATOR("Single operator", "wait", "user"),
  /** Somebody who approved it is disabled now; the approval stands. */
  APPROVER_DISABLED("Approver disabled", "none", "ban");

  private final String word;
  private final String tone;
  private final String icon;

  VersionFlag(String word, String tone, String icon) {
    this.word = word;
    this.tone = tone;
    this.icon = icon;
  }

  /** The flags of a version at some time, gravest first. */
  public static List<VersionFlag> of(ProfileVersion version, Instant now) {
    List<VersionFlag> flags = new ArrayList<>();
    Emergency emergency = version.getEmergency();
    if (emergency != null && emergency.isOpen()) {
      flags.add(emergency.isLapsed(now) ? EMERGENCY_LAPSED : EMERGENCY);
    }
    if (version.currentDecisions().stream().anyMatch(Decision::isByWriter)) {
      flags.add(SINGLE_OPERATOR);
    }
    if (version.currentDecisions().stream()
        .anyMatch(d -> d.isApproves() && d.isApproverDisabled())) {
      flags.add(APPROVER_DISABLED);
    }
    return List.copyOf(flags);
  }

  public String word() {
    return word;
  }

  public String tone() {
    return tone;
  }

  public String icon() {
    return icon;
  }

  /** The word used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
