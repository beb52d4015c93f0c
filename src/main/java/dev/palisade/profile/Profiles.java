package dev.palisade.profile;

import java.util.List;
import java.util.Optional;

/** The store of profiles and their versions. */
public interface Profiles {

  /** Every profile, by slug. */
  List<Profile> all();

  Optional<Profile> find(String slug);

  void add(Profile profile);

  /** The versions of a profile, newest first. */
  List<ProfileVersion> versions(String slug);

  Optional<ProfileVersion> version(String slug, int number);

  /** The same, locked until the transaction ends, so that concurrent decisions take their turn. */
  Optional<ProfileVersion> versionForChange(String slug, int number);

  /** The number that the next version of a profile gets. */
  int nextNumber(Profile profile);

  void add(ProfileVersion version);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
