package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionDiff.Change;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.CompareVersions;
import dev.palisade.profile.application.CompareVersions.Comparison;
import dev.palisade.profile.application.ReadProfiles;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a version changes against another one, and which part of its page is shown. */
@Named("versionChanges")
@RequestScoped
public class VersionChangesBacking {

  /** A change, and what the catalog knows about its setting, or null. */
  public record Row(Change change, Setting known) {

    public String label() {
      return known == null ? "" : known.label();
    }

    /** A side's value with its word: {@code 1 strict}. */
    public String shown(ProfileSetting side) {
      SettingValue value = side.value();
      String word = known == null ? null : known.meaning(value);
      return word == null ? value.display() : value.display() + " " + word;
    }

    public boolean isReworded() {
      return change.from() != null
          && change.to() != null
          && !Objects.equals(change.from().reason(), change.to().reason());
    }
  }

  private static final Set<String> TABS = Set.of("settings", "changes", "module");

  @Inject private CompareVersions compare;
  @Inject private ReadProfiles profiles;
  @Inject private Catalog catalog;
  @Inject private ProfileVersionBacking page;

  private Integer against;
  private String againstProfile;
  private String tab;
  private Comparison comparison;

  public Comparison getComparison() {
    if (comparison == null) {
      ProfileVersion version = page.getVersion();
      comparison =
          compare.compare(
              version.getProfile().getSlug(), version.getNumber(), againstProfile, against);
    }
    return comparison;
  }

  /** The part that is shown: what changes first of all, for a version that replaces another. */
  public String getTab() {
    if (tab == null || tab.isBlank()) {
      boolean replaces =
          page.getVersion().getState() == VersionState.IN_REVIEW
              && getComparison().against() != null;
      return replaces ? "changes" : "settings";
    }
    return TABS.contains(tab) ? tab : "settings";
  }

  /** The answer in a sentence. */
  public String getTitle() {
    long weaker = getComparison().diff().count(Direction.WEAKER);
    long stronger = getComparison().diff().count(Direction.STRONGER);
    if (getComparison().diff().changes().isEmpty()) {
      return "Nothing changes against " + getBase();
    }
    String first =
        weaker == 0
            ? "No setting gets weaker"
            : weaker == 1 ? "1 setting gets weaker" : weaker + " settings get weaker";
    return first + ", " + (stronger == 0 ? "none" : stronger) + " stronger, against " + getBase();
  }

  /** How many changes are neither. */
  public String getNote() {
    return getComparison().diff().count(Direction.NEUTRAL)
        + " neutral, "
        + getComparison().diff().count(Direction.UNKNOWN)
        + " unknown";
  }

  /** The name of what the version is compared with. */
  public String getBase() {
    ProfileVersion base = getComparison().against();
    if (base == null) {
      return "nothing";
    }
    return base.getProfile().getSlug().equals(page.getVersion().getProfile().getSlug())
        ? "v" + base.getNumber()
        : base.describe();
  }

  public List<Row> getRows() {
    return getComparison().diff().changes().stream()
        .map(change -> new Row(change, catalog.find(change.key()).orElse(null)))
        .toList();
  }

  /** The versions of the profile to compare with, newest first. */
  public List<ProfileVersion> getOthers() {
    return profiles.versions(page.getVersion().getProfile().getSlug()).stream()
        .filter(v -> v.getNumber() != page.getVersion().getNumber())
        .toList();
  }

  public Integer getAgainst() {
    return against;
  }

  public void setAgainst(Integer against) {
    this.against = against;
  }

  public String getAgainstProfile() {
    return againstProfile;
  }

  public void setAgainstProfile(String againstProfile) {
    this.againstProfile = againstProfile;
  }

  public void setTab(String tab) {
    this.tab = tab;
  }
}
