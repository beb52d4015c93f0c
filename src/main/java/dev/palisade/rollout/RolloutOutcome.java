package dev.palisade.rollout;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;

/** How a rollout came out, derived from its hosts and never stored. */
@NullMarked
public enum RolloutOutcome {
  /** Every host is verified, and nothing is unknown that its evidence can contain. */
  VERIFIED("all verified"),
  /** Some are verified; others were skipped or are neutral, or something is not known. */
  PARTLY("verified in part"),
  /** At least one host failed. */
  FAILED("with failures"),
  /** No host is verified, and none failed. */
  NOTHING("none verified");

  /**
   * One host as it counts.
   *
   * @param notKnown how many settings of a verified host are not known
   */
  public record Member(Effect effect, long notKnown) {}

  private final String word;

  RolloutOutcome(String word) {
    this.word = word;
  }

  /** The outcome over all hosts that the rollout lists. */
  public static RolloutOutcome of(Collection<Member> members) {
    if (members.stream().anyMatch(member -> member.effect() == Effect.FAILURE)) {
      return FAILED;
    }
    long verified = members.stream().filter(m -> m.effect() == Effect.SUCCESS).count();
    if (verified == 0) {
      return NOTHING;
    }
    boolean complete =
        verified == members.size() && members.stream().allMatch(m -> m.notKnown() == 0);
    return complete ? VERIFIED : PARTLY;
  }

  /** In words that follow {@code Finished}. */
  public String word() {
    return word;
  }

  /** The word used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
