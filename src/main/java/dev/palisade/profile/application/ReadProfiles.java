package dev.palisade.profile.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Reads profiles and versions, whatever their state. */
@ApplicationScoped
public class ReadProfiles {

  @Inject private Profiles profiles;

  @Requires(Permission.VIEW)
  @Transactional
  public List<Profile> profiles() {
    return profiles.all();
  }

  @Requires(Permission.VIEW)
  @Transactional
  public Profile profile(String slug) {
    return profiles.find(slug).orElseThrow(() -> DomainException.notFound("profile", slug));
  }

  /** The versions of a profile, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<ProfileVersion> versions(String slug) {
    return profiles.versions(profile(slug).getSlug());
  }

  @Requires(Permission.VIEW)
  @Transactional
  public ProfileVersion version(String slug, int number) {
    return profiles.existing(slug, number);
  }
}
