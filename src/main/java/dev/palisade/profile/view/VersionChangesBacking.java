package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Submission;
import dev.palisade.profile.VersionDiff;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.CompareVersions;
import dev.palisade.profile.application.CompareVersions.Against;
import dev.palisade.profile.application.CompareVersions.Comparison;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Set;

/** What a version changes against another one, and which part of its page is shown. */
@Named("versionChanges")
@RequestScoped
public class VersionChangesBacking {

  private static final Set<String> TABS =
      Set.of("settings", "changes", "module", "impact", "effective", "comments");

  @Inject private CompareVersions compare;
  @Inject private Catalog catalog;
  @Inject private ProfileVersionBacking page;

  private String against;
  private String againstProfile;
  private String tab;
  private Comparison comparison;
  private List<VersionChangeRow> rows;
  private List<VersionChangeRow> inherited;

  private Comparison comparison() {
    if (comparison == null) {
      ProfileVersion version = page.getVersion();
      comparison = compare.compare(version.getProfile().getSlug(), version.getNumber(), asked());
    }
    return comparison;
  }

  /** What the address names; what it does not name well is compared as if it named nothing. */
  Against asked() {
    try {
      return Against.of(againstProfile, against);
    } catch (DomainException e) {
      return Against.NEWEST;
    }
  }

  /** Whether it is compared with what hosts run rather than with another version. */
  public boolean isRunning() {
    return "running".equals(against);
  }

  /** What the version is compared with, or null for nothing at all. */
  public ProfileVersion getBase() {
    return comparison().against();
  }

  /** The request for review whose content it is compared with, or null for another version. */
  public Submission getEarlier() {
    return comparison().earlier();
  }

  /** What it is compared with, in a few words. */
  public String getBaseName() {
    if (getBase() == null) {
      return "an empty version";
    }
    return getEarlier() == null
        ? getBase().describe()
        : getBase().describe() + " as it was in review, " + getEarlier().getDigest().brief();
  }

  /** The head of the column that holds both sides: from what to what. */
  public String getChangeHead() {
    if (getBase() == null) {
      return "Set to";
    }
    ProfileVersion version = page.getVersion();
    boolean sameProfile = getBase().getProfile().getSlug().equals(version.getProfile().getSlug());
    if (getEarlier() != null) {
      return "From what was in review to now";
    }
    return sameProfile
        ? "From v" + getBase().getNumber() + " to v" + version.getNumber()
        : "From " + getBase().describe() + " to " + version.describe();
  }

  public VersionDiff getDiff() {
    return comparison().diff();
  }

  /** How many things change, whatever they are. */
  public int getCount() {
    return getRows().size()
        + getInherited().size()
        + getDiff().parameters().size()
        + (getDiff().isMoved() ? 1 : 0);
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
    return getDiff().summary() + ", against " + getBaseName();
  }

  public List<VersionChangeRow> getRows() {
    if (rows == null) {
      rows = rows(getDiff().changes());
    }
    return rows;
  }

  /** What changes besides because other versions lie under them. */
  public List<VersionChangeRow> getInherited() {
    if (inherited == null) {
      inherited = rows(comparison().inherited());
    }
    return inherited;
  }

  private List<VersionChangeRow> rows(List<VersionDiff.Change> changes) {
    return changes.stream().map(change -> VersionChangeRow.of(change, catalog)).toList();
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
