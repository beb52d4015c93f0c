package dev.palisade.profile.view;

import dev.palisade.core.Count;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionLine;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.ReadProfiles;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;

/** The versions of one profile, or of all, in one state or in any. */
@Named("profileVersions")
@RequestScoped
public class ProfileVersionsBacking {

  @Inject private ReadProfiles profiles;

  private String slug = "";
  private String state = "";
  private Profile profile;
  private List<VersionLine> all;
  private List<ProfileVersion> whole;

  private List<VersionLine> all() {
    if (all == null) {
      String of = getProfile() == null ? "" : slug;
      all = profiles.lines().stream().filter(v -> of.isEmpty() || v.slug().equals(of)).toList();
    }
    return all;
  }

  /** The profile, or null where the list is of all. */
  public Profile getProfile() {
    if (profile == null && !slug.isEmpty()) {
      profile = profiles.profile(slug);
    }
    return profile;
  }

  public List<VersionLine> getRows() {
    return all().stream().filter(v -> shown() == null || v.state() == shown()).toList();
  }

  /** The whole version, in a list of one profile; nothing in a list of all, which would be slow. */
  public List<ProfileVersion> whole(VersionLine line) {
    if (whole == null) {
      whole = getProfile() == null ? List.of() : profiles.versions(slug);
    }
    return whole.stream().filter(v -> v.getNumber() == line.number()).toList();
  }

  public long count(VersionState of) {
    return all().stream().filter(v -> v.state() == of).count();
  }

  public int getTotal() {
    return all().size();
  }

  public List<VersionState> getStates() {
    return List.of(VersionState.values());
  }

  /** The answer in a sentence. */
  public String getTitle() {
    int found = getRows().size();
    String versions = Count.of(found, "version");
    String of = getProfile() == null ? "" : " of " + slug;
    return versions + of + (shown() == null ? "" : ", " + shown().inSentence());
  }

  private VersionState shown() {
    return Arrays.stream(VersionState.values())
        .filter(s -> s.code().equals(state))
        .findFirst()
        .orElse(null);
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug == null ? "" : slug;
  }

  public String getState() {
    return state;
  }

  public void setState(String state) {
    this.state = state == null ? "" : state;
  }
}
