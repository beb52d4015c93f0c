package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ParametersCheck;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.Reviews;
import dev.palisade.profile.SettingsCheck;
import dev.palisade.profile.Submission;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Writes a version up to the point where somebody else reads it. */
@ApplicationScoped
public class DraftVersion {

  @Inject private Profiles profiles;
  @Inject private Reviews reviews;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;
  @Inject private EditRecord record;

  /** Starts an empty draft. */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion start(String slug) {
    return add(slug, VersionContent.EMPTY);
  }

  /** Starts a draft with the content of another version. */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion startFrom(String slug, String sourceSlug, int sourceNumber) {
    return add(slug, profiles.existing(sourceSlug, sourceNumber).content());
  }

  /**
   * Replaces the whole content of a draft.
   *
   * @param expected the digest that the editor saw, or null
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion edit(
      String slug, int number, List<SettingsCheck.Entry> entries, Digest expected) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    VersionContent before = version.content();
    version.edit(SettingsCheck.check(catalog, entries, before), expected, actor.getName());
    return record.done(version, before, Map.of());
  }

  /**
   * Replaces what a draft leaves to operators.
   *
   * @param expected the digest that the editor saw, or null
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion parameters(
      String slug, int number, List<ParametersCheck.Entry> entries, Digest expected) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    VersionContent before = version.content();
    version.edit(ParametersCheck.check(catalog, entries, before), expected, actor.getName());
    return record.done(version, before, Map.of());
  }

  /**
   * Lays a draft over an approved version of another profile, or over none.
   *
   * @param baseSlug null for none
   * @param expected the digest that the editor saw, or null
   * @throws DomainException naming the path, where a profile would lie under itself
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion extend(
      String slug, int number, String baseSlug, int baseNumber, Digest expected) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    VersionRef base =
        baseSlug == null ? null : VersionRef.of(profiles.existing(baseSlug, baseNumber));
    VersionContent before = version.content();
    version.edit(before.over(base), expected, actor.getName());
    Layers.requireApproved(version, profiles);
    return record.done(version, before, Map.of());
  }

  /**
   * Asks for review.
   *
   * @throws DomainException where it contradicts itself or what lies under it
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion submit(String slug, int number) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    Layers.requireApproved(version, profiles);
    EffectiveProfile.of(Layers.of(version, profiles), Map.of(), Missing.SHOWN, catalog);
    version.submit(actor.getName(), clock.instant());
    reviews.add(new Submission(version, actor.getName(), clock.instant()));
    return done(version, "version.submitted");
  }

  /** Takes the request for review back. */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion withdraw(String slug, int number) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    version.withdraw();
    return done(version, "version.withdrawn");
  }

  private ProfileVersion add(String slug, VersionContent content) {
    Profile profile =
        profiles.find(slug).orElseThrow(() -> DomainException.notFound("profile", slug));
    ProfileVersion version =
        new ProfileVersion(
            profile, profiles.nextNumber(profile), content, actor.getName(), clock.instant());
    profiles.add(version);
    return done(version, "version.drafted");
  }

  private ProfileVersion done(ProfileVersion version, String act) {
    profiles.flush();
    acts.record(act, "version", version.describe(), Map.of("digest", version.getDigest().hex()));
    return version;
  }
}
