package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Users;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.profile.ApprovalAsked;
import dev.palisade.profile.ChangedContent;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.Quorum;
import dev.palisade.profile.Reviews;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Approves or rejects the content that a digest names; never for who wrote it, but for a home of
 * one.
 */
@ApplicationScoped
public class DecideVersion {

  @Inject private Profiles profiles;
  @Inject private Reviews reviews;
  @Inject private Catalog catalog;
  @Inject private Users users;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Event<ApprovalAsked> approvals;
  @Inject private Clock clock;

  /**
   * Approves; with the last approval that the profile asks for, the version becomes approved, or an
   * emergency is confirmed.
   *
   * @param read the digest of the content that the approver read
   * @param despiteLockOut whether the approver accepts that people may be locked out of hosts
   */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public ProfileVersion approve(
      String slug, int number, Digest read, String comment, boolean despiteLockOut) {
    return approve(slug, number, read, comment, false, despiteLockOut);
  }

  /**
   * Approves a version for now, alone; the others follow within the time that the profile allows.
   *
   * @param reason why it cannot wait for them
   * @param despiteLockOut as for any approval
   */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public ProfileVersion approveInEmergency(
      String slug, int number, Digest read, String reason, boolean despiteLockOut) {
    return approve(slug, number, read, reason, true, despiteLockOut);
  }

  private ProfileVersion approve(
      String slug,
      int number,
      Digest read,
      String comment,
      boolean urgent,
      boolean despiteLockOut) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    boolean late = version.isConfirmable();
    ChangedContent.requireRead(version, read, reviews, catalog);
    Layers.requireApproved(version, profiles);
    version.approve(actor.getName(), read, comment, urgent, Quorum.of(users), clock.instant());
    profiles.flush();
    ApprovalAsked asked = new ApprovalAsked(version, despiteLockOut);
    approvals.fire(asked);
    return done(version, actOf(version, late), read, asked.notes());
  }

  private static String actOf(ProfileVersion version, boolean late) {
    if (version.getState() != VersionState.APPROVED || (late && version.isConfirmable())) {
      return "version.approval-given";
    }
    if (late) {
      return "version.emergency-confirmed";
    }
    return version.isConfirmable() ? "version.approved-in-emergency" : "version.approved";
  }

  /** Rejects for good; the comment is for the author. */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public ProfileVersion reject(String slug, int number, Digest read, String comment) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    ChangedContent.requireRead(version, read, reviews, catalog);
    version.reject(actor.getName(), read, comment, Quorum.of(users), clock.instant());
    return done(version, "version.rejected", read, Map.of());
  }

  private ProfileVersion done(
      ProfileVersion version, String act, Digest read, Map<String, Object> notes) {
    profiles.flush();
    Map<String, Object> detail = new TreeMap<>(notes);
    detail.put("digest", read.hex());
    version.currentDecisions().stream()
        .filter(d -> d.getPerson().equals(actor.getName()))
        .forEach(
            d -> {
              if (d.isByWriter()) {
                detail.put("singleOperator", true);
              }
              if (d.isEmergency()) {
                detail.put("reason", d.getComment());
                detail.put("until", version.getEmergency().getUntil().toString());
              }
            });
    acts.record(act, "version", version.describe(), detail);
    return version;
  }
}
