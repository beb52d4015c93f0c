package dev.palisade.profile.api;

import dev.palisade.profile.Decision;
import dev.palisade.profile.ProfileVersion;
import java.time.Instant;

/**
 * One decision as the API shows it.
 *
 * @param current whether it names the content as it is now
 * @param emergency whether it approved the version before enough people had
 * @param singleOperator whether the person wrote some of the content, in single-operator mode
 * @param approverDisabled whether the person is disabled now; the decision stands all the same
 */
public record DecisionView(
    String person,
    boolean approves,
    String digest,
    String comment,
    Instant decidedAt,
    boolean current,
    boolean emergency,
    boolean singleOperator,
    boolean approverDisabled) {

  static DecisionView of(Decision d, ProfileVersion v) {
    return new DecisionView(
        d.getPerson(),
        d.isApproves(),
        d.getDigest().hex(),
        d.getComment(),
        d.getDecidedAt(),
        d.getDigest().equals(v.getDigest()),
        d.isEmergency(),
        d.isByWriter(),
        d.isApproverDisabled());
  }
}
