package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ParametersCheck;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileSetting;
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
    version.edit(
        SettingsCheck.check(catalog, entries, version.content()), expected, actor.getName());
    return done(version, "version.edited");
  }

  /**
   * Replaces what a draft says about one setting.
   *
   * @param seen the fingerprint that the editor saw, empty for a setting that was not there
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion set(String slug, int number, SettingsCheck.Entry entry, String seen) {
    VersionContent content = profiles.existingForChange(slug, number).content();
    ProfileSetting next = SettingsCheck.check(catalog, List.of(entry), content).settings().get(0);
    return change(slug, number, entry.key(), seen, next);
  }

  /** Takes one setting out of a draft; {@code seen} as for {@link #set}. */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion remove(String slug, int number, String key, String seen) {
    return change(slug, number, key, seen, null);
  }

  private ProfileVersion change(
      String slug, int number, String key, String seen, ProfileSetting next) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    String from = version.content().find(key).map(s -> s.value().display()).orElse("");
    version.edit(key, seen, next, actor.getName());
    profiles.flush();
    acts.record(
        "version.edited",
        "version",
        version.describe(),
        Map.of(
            "digest",
            version.getDigest().hex(),
            "key",
            key,
            "from",
            from,
            "to",
            next == null ? "" : next.value().display()));
    return version;
  }

  /**
   * Adds every setting of a family that the draft lacks, at the kernel's default. What others set
   * as well, NixOS or systemd, is left out: the kernel's default would take their value back.
   *
   * @return how many were added
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public int addFamily(String slug, int number, String family) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    VersionContent next = version.content();
    for (Setting setting : catalog.settings()) {
      boolean fits =
          setting.family().equals(family)
              && setting.kernelDefault() != null
              && setting.setBy().isEmpty()
              && !setting.isForEachInterface()
              && next.find(setting.key()).isEmpty();
      if (fits) {
        next = next.with(new ProfileSetting(setting.key(), setting.kernelDefault()));
      }
    }
    int added = next.settings().size() - version.content().settings().size();
    if (added > 0) {
      version.edit(next, null, actor.getName());
      done(version, "version.edited");
    }
    return added;
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
    version.edit(
        ParametersCheck.check(catalog, entries, version.content()), expected, actor.getName());
    return done(version, "version.edited");
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
    version.edit(version.content().over(base), expected, actor.getName());
    Layers.requireApproved(version, profiles);
    return done(version, "version.edited");
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
