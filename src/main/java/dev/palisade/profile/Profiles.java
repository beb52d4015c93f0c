package dev.palisade.profile;

import dev.palisade.core.DomainException;
import java.util.List;
import java.util.Optional;

/** The store of profiles and their versions. */
public interface Profiles {

  /** Every profile, by slug. */
  List<Profile> all();

  Optional<Profile> find(String slug);

  /** The same, locked until the transaction ends, so that changes of its rule take their turn. */
  Optional<Profile> findForChange(String slug);

  /** The profile where nothing else will do, locked. */
  default Profile existingForChange(String slug) {
    return findForChange(slug).orElseThrow(() -> DomainException.notFound("profile", slug));
  }

  void add(Profile profile);

  /** The versions of a profile, newest first. */
  List<ProfileVersion> versions(String slug);

  /** The newest of a profile's versions that are approved and not retired. */
  default Optional<ProfileVersion> newestApproved(String slug) {
    return versions(slug).stream()
        .filter(version -> version.getState() == VersionState.APPROVED)
        .findFirst();
  }

  /** Every version of every profile, by slug, the newest of each first. */
  List<VersionLine> lines();

  Optional<ProfileVersion> version(String slug, int number);

  /** The same, locked until the transaction ends, so that concurrent decisions take their turn. */
  Optional<ProfileVersion> versionForChange(String slug, int number);

  /**
   * The version where nothing else will do.
   *
   * @throws DomainException not found
   */
  default ProfileVersion existing(String slug, int number) {
    return version(slug, number).orElseThrow(() -> missing(slug, number));
  }

  /** The same, locked as by {@link #versionForChange}. */
  default ProfileVersion existingForChange(String slug, int number) {
    return versionForChange(slug, number).orElseThrow(() -> missing(slug, number));
  }

  private static DomainException missing(String slug, int number) {
    return DomainException.notFound("version", slug + " v" + number);
  }

  /** The number that the next version of a profile gets. */
  int nextNumber(Profile profile);

  void add(ProfileVersion version);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
