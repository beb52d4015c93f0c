package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.CompareVersions;
import dev.palisade.profile.application.CompareVersions.Comparison;
import dev.palisade.profile.application.ReadProfiles;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Set;

/** What a version changes against another one, and which part of its page is shown. */
@Named("versionChanges")
@RequestScoped
public class VersionChangesBacking {

  private static final Set<String> TABS = Set.of("settings", "changes", "module", "impact");

  @Inject private CompareVersions compare;
  @Inject private ReadProfiles profiles;
  @Inject private Catalog catalog;
  @Inject private ProfileVersionBacking page;

  private String against;
  private String againstProfile;
  private String tab;
  private Comparison comparison;
  private List<VersionChangeRow> rows;
  private List<ProfileVersion> others;

  private Comparison comparison() {
    if (comparison == null) {
      boolean named = against != null && against.matches("[0-9]{1,9}");
      comparison =
          compare.compare(
              slug(), number(), againstProfile, named ? Integer.valueOf(against) : null);
    }
    return comparison;
  }

  private String slug() {
    return page.getVersion().getProfile().getSlug();
  }

  private int number() {
    return page.getVersion().getNumber();
  }

  /** What the version is compared with, or null for nothing at all. */
  public ProfileVersion getBase() {
    return comparison().against();
  }

  /** The part that is shown: what changes first of all, for a version that replaces another. */
  public String getShownTab() {
    if (tab != null && TABS.contains(tab)) {
      return tab;
    }
    boolean replaces = page.getVersion().getState() == VersionState.IN_REVIEW && getBase() != null;
    return replaces ? "changes" : "settings";
  }

  /** The answer in a sentence. */
  public String getTitle() {
    String base = getBase() == null ? "an empty version" : getBase().describe();
    return comparison().diff().summary() + ", against " + base;
  }

  /** How many changes are neither. */
  public String getNote() {
    return comparison().diff().rest();
  }

  public List<VersionChangeRow> getRows() {
    if (rows == null) {
      rows =
          comparison().diff().changes().stream()
              .map(change -> new VersionChangeRow(change, catalog.find(change.key()).orElse(null)))
              .toList();
    }
    return rows;
  }

  /** The other versions of the profile, newest first. */
  public List<ProfileVersion> getOthers() {
    if (others == null) {
      others = profiles.versions(slug()).stream().filter(v -> v.getNumber() != number()).toList();
    }
    return others;
  }

  public String getAgainst() {
    return against;
  }

  public void setAgainst(String against) {
    this.against = against;
  }

  public String getAgainstProfile() {
    return againstProfile;
  }

  public void setAgainstProfile(String againstProfile) {
    this.againstProfile = againstProfile;
  }

  public String getTab() {
    return tab;
  }

  public void setTab(String tab) {
    this.tab = tab;
  }
}
