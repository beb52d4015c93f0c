package dev.palisade.profile.application;

import static java.util.stream.Collectors.toSet;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionDiff;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what a version changes against another one, of its own profile or of any other. */
@ApplicationScoped
public class CompareVersions {

  /**
   * Two versions and what changes from one to the other.
   *
   * @param against what the version is compared with, or null for nothing at all
   * @param diff what the versions themselves say
   * @param inherited what changes besides because other versions lie under them
   */
  public record Comparison(
      ProfileVersion version,
      ProfileVersion against,
      VersionDiff diff,
      List<VersionDiff.Change> inherited) {}

  @Inject private Profiles profiles;
  @Inject private Catalog catalog;

  /**
   * Compares a version with another.
   *
   * @param againstProfile the other's profile, or null for the same one
   * @param against the other's number; null for the newest approved version, of the same profile
   *     the newest below this one; where there is none, everything is new
   */
  @Requires(Permission.VIEW)
  @Transactional
  public Comparison compare(String slug, int number, String againstProfile, Integer against) {
    ProfileVersion version = profiles.existing(slug, number);
    String other = againstProfile == null || againstProfile.isBlank() ? slug : againstProfile;
    ProfileVersion base =
        against == null
            ? newestApproved(other, other.equals(slug) ? number : Integer.MAX_VALUE).orElse(null)
            : profiles.existing(other, against);
    VersionDiff diff =
        VersionDiff.between(
            base == null ? VersionContent.EMPTY : base.content(), version.content(), catalog);
    return new Comparison(
        version, base, diff, diff.isMoved() ? inherited(base, version, diff) : List.of());
  }

  private List<VersionDiff.Change> inherited(
      ProfileVersion base, ProfileVersion version, VersionDiff own) {
    Set<String> listed = own.changes().stream().map(VersionDiff.Change::key).collect(toSet());
    return VersionDiff.between(
            base == null ? VersionContent.EMPTY : Layers.merged(base, profiles),
            Layers.merged(version, profiles),
            catalog)
        .changes()
        .stream()
        .filter(change -> !listed.contains(change.key()))
        .toList();
  }

  private Optional<ProfileVersion> newestApproved(String slug, int below) {
    if (profiles.find(slug).isEmpty()) {
      throw DomainException.notFound("profile", slug);
    }
    return profiles.versions(slug).stream()
        .filter(v -> v.getNumber() < below && v.getState() == VersionState.APPROVED)
        .findFirst();
  }
}
