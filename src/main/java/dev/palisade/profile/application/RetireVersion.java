package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Takes an approved version out of use: hosts keep what they have, further rollouts refuse it. */
@ApplicationScoped
public class RetireVersion {

  @Inject private Profiles profiles;
  @Inject private Acts acts;

  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion retire(String slug, int number) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    version.retire();
    profiles.flush();
    acts.record(
        "version.retired",
        "version",
        version.describe(),
        Map.of("digest", version.getDigest().hex()));
    return version;
  }
}
