package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Users;
import dev.palisade.core.Digest;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;

/** Approves or rejects the content that a digest names; never for its author. */
@ApplicationScoped
public class DecideVersion {

  @Inject private Profiles profiles;
  @Inject private Users users;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Approves; with the last approval that the profile asks for, the version becomes approved.
   *
   * @param read the digest of the content that the approver read
   */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public ProfileVersion approve(String slug, int number, Digest read, String comment) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    Layers.requireApproved(version, profiles);
    version.approve(actor.getName(), read, comment, users::isEnabledPerson, clock.instant());
    boolean enough = version.getState() == VersionState.APPROVED;
    return done(version, enough ? "version.approved" : "version.approval-given", read);
  }

  /** Rejects for good; the comment is for the author. */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public ProfileVersion reject(String slug, int number, Digest read, String comment) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    version.reject(actor.getName(), read, comment, clock.instant());
    return done(version, "version.rejected", read);
  }

  private ProfileVersion done(ProfileVersion version, String act, Digest read) {
    profiles.flush();
    acts.record(act, "version", version.describe(), Map.of("digest", read.hex()));
    return version;
  }
}
