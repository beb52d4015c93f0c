package dev.palisade.profile;

import dev.palisade.core.Count;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * What a profile asks for before a version is approved.
 *
 * @param approvals how many people who did not write a version approve it, 1 to 10
 * @param emergencyWithin how soon the missing approvals follow one that was given in an emergency,
 *     1 to 72 hours; zero allows no emergency
 */
public record ApprovalRule(int approvals, Duration emergencyWithin) {

  /** One approval, and no emergency. */
  public static final ApprovalRule USUAL = new ApprovalRule(1, Duration.ZERO);

  private static final int MOST_APPROVALS = 10;
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(3);

  public ApprovalRule {
    if (approvals < 1 || approvals > MOST_APPROVALS) {
      throw DomainException.notValid(
          "/requiredApprovals", "A version needs 1 to " + MOST_APPROVALS + " approvals.");
    }
    if (!emergencyWithin.isZero()
        && (emergencyWithin.compareTo(SHORTEST) < 0 || emergencyWithin.compareTo(LONGEST) > 0)) {
      throw notDuration();
    }
  }

  /** This rule with some of it changed; null leaves each as it is. */
  public ApprovalRule with(Integer otherApprovals, Duration otherEmergency) {
    return new ApprovalRule(
        otherApprovals == null ? approvals : otherApprovals,
        otherEmergency == null ? emergencyWithin : otherEmergency);
  }

  /** Whether a version may be approved by one person now and by the others later. */
  public boolean allowsEmergency() {
    return !emergencyWithin.isZero();
  }

  /** Refuses an emergency where none is allowed. */
  void requireEmergency(String slug) {
    if (!allowsEmergency()) {
      throw new DomainException(
          Problem.CONFLICT, "“" + slug + "” allows no approval in an emergency.");
    }
  }

  /** Whether less is asked for in any respect: that takes two people to change. */
  public boolean isLooserThan(ApprovalRule other) {
    return approvals < other.approvals || emergencyWithin.compareTo(other.emergencyWithin) > 0;
  }

  /** As a phrase: {@code 2 approvals, in an emergency one and the others within 24 hours}. */
  public String describe() {
    if (!allowsEmergency()) {
      return getPeopleWords() + ", no emergency";
    }
    return getPeopleWords() + ", in an emergency one and the others within " + getEmergencyWords();
  }

  /** How many people: {@code 2 approvals}. */
  public String getPeopleWords() {
    return Count.of(approvals, "approval");
  }

  /** The time in which an emergency is confirmed: {@code 24 hours}. */
  public String getEmergencyWords() {
    long hours = emergencyWithin.toHours();
    if (emergencyWithin.toMinutesPart() > 0) {
      return hours + " h " + emergencyWithin.toMinutesPart() + " min";
    }
    return hours == 1 ? "an hour" : hours + " hours";
  }

  /**
   * Reads a duration in ISO 8601, in whole minutes.
   *
   * @param text null stays null; {@code PT0S} is no emergency
   */
  public static Duration duration(String text) {
    if (text == null) {
      return null;
    }
    try {
      Duration duration = Duration.parse(text.strip());
      if (duration.equals(Duration.ofMinutes(duration.toMinutes()))) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw notDuration();
    }
    throw notDuration();
  }

  private static DomainException notDuration() {
    return DomainException.notValid(
        "/emergencyWithin",
        "A duration from PT1H to PT72H, such as PT24H, or PT0S for no emergency.");
  }
}
