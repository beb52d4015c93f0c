package dev.palisade.profile.view;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.core.Digest;
import dev.palisade.profile.DecisionTurn;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionFlag;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.DecideVersion;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.ReadProfiles.Standing;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.List;

/** How far the approval of a version has come, and who may go on with it. */
@Named("versionDecision")
@RequestScoped
public class VersionDecisionBacking {

  @Inject private ReadProfiles profiles;
  @Inject private DecideVersion decide;
  @Inject private CurrentActor actor;
  @Inject private Clock clock;

  private boolean emergency;
  private boolean despiteLockOut;
  private Standing standing;

  /** How many approve a version, of how many; asked of one version in a request. */
  public Standing standing(ProfileVersion version) {
    if (standing == null) {
      standing = profiles.standing(version);
    }
    return standing;
  }

  /** What a reader has to know about its approvals besides its state. */
  public List<VersionFlag> flags(ProfileVersion version) {
    return VersionFlag.of(version, clock.instant());
  }

  /** Whether its emergency was not confirmed in time. */
  public boolean isLapsed(ProfileVersion version) {
    return flags(version).contains(VersionFlag.EMERGENCY_LAPSED);
  }

  /** Whether one approval is not enough, but could do for now. */
  public boolean isEmergencyPossible(ProfileVersion version) {
    return version.getState() == VersionState.IN_REVIEW
        && version.getProfile().rule().allowsEmergency()
        && standing(version).given() + 1 < standing(version).needed();
  }

  /** Why this person cannot decide now; empty when they can. */
  public String whyNot(ProfileVersion version) {
    return DecisionTurn.whyNot(
        version,
        actor.getName(),
        actor.can(Permission.DECIDE_REVIEWS),
        standing(version).singleOperator());
  }

  /** Approves, in an emergency where that was ticked; returns what came of it. */
  String approve(String slug, int number, Digest read, String comment) {
    ProfileVersion decided =
        emergency
            ? decide.approveInEmergency(slug, number, read, comment, despiteLockOut)
            : decide.approve(slug, number, read, comment, despiteLockOut);
    String what = decided.describe();
    if (decided.getState() != VersionState.APPROVED) {
      return "Your approval of " + what + " counts; it waits for another one.";
    }
    if (decided.isConfirmable()) {
      return what + " is approved in an emergency; other approvals are still due.";
    }
    return what + " is approved: your approval names its digest.";
  }

  public boolean isEmergency() {
    return emergency;
  }

  public void setEmergency(boolean emergency) {
    this.emergency = emergency;
  }

  /** Whether the approver accepts that people may be locked out of hosts. */
  public boolean isDespiteLockOut() {
    return despiteLockOut;
  }

  public void setDespiteLockOut(boolean despiteLockOut) {
    this.despiteLockOut = despiteLockOut;
  }
}
