package dev.palisade.profile.view;

import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.ReadProfiles;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Every profile with its versions, and what waits for a decision. */
@Named("profileList")
@RequestScoped
public class ProfileListBacking {

  /** A profile and its versions, newest first. */
  public record Row(Profile profile, List<ProfileVersion> versions) {}

  @Inject private ReadProfiles profiles;

  private List<Row> rows;

  public List<Row> getRows() {
    if (rows == null) {
      rows =
          profiles.profiles().stream()
              .map(p -> new Row(p, profiles.versions(p.getSlug())))
              .toList();
    }
    return rows;
  }

  /** Versions that wait for somebody to decide or to confirm an emergency, oldest request first. */
  public List<ProfileVersion> getInReview() {
    return getRows().stream()
        .flatMap(row -> row.versions().stream())
        .filter(v -> v.getState() == VersionState.IN_REVIEW || v.isConfirmable())
        .sorted(java.util.Comparator.comparing(ProfileVersion::getSubmittedAt))
        .toList();
  }
}
