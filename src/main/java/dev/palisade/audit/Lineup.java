package dev.palisade.audit;

import dev.palisade.core.DomainException;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.VersionState;
import dev.palisade.release.ReleaseRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which versions a host would get by one version: that version in its profile's place, each other
 * profile at the version that the host was offered last, else at its newest approved one.
 */
final class Lineup {

  private final ProfileVersion version;
  private final Profiles profiles;
  private final Map<String, Optional<ProfileVersion>> newest = new HashMap<>();
  private final Map<String, Boolean> over = new HashMap<>();
  private final Map<String, Optional<ProfileVersion>> offered = new HashMap<>();
  private final Map<List<String>, List<ProfileVersion>> layers = new HashMap<>();

  /**
   * What a host would get.
   *
   * @param layers the undermost first
   * @param without slugs of its profiles that have no version to give
   */
  record Given(List<ProfileVersion> layers, List<String> without) {}

  Lineup(ProfileVersion version, Profiles profiles) {
    this.version = version;
    this.profiles = profiles;
  }

  /** Whether a host with these profiles gets the version, by itself or under another one. */
  boolean reaches(List<String> slugs) {
    return slugs.stream().anyMatch(slug -> slug.equals(slug()) || liesOver(slug));
  }

  /**
   * What a host with these profiles would get.
   *
   * @param present the release that it was offered last, or null
   * @throws DomainException where the versions do not fit over each other
   */
  Given given(List<String> slugs, ReleaseRecord present) {
    List<ProfileVersion> versions = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (String slug : slugs) {
      Optional<ProfileVersion> chosen =
          slug.equals(slug())
              ? Optional.of(version)
              : liesOver(slug) ? newest(slug) : offered(present, slug).or(() -> newest(slug));
      chosen.ifPresentOrElse(versions::add, () -> without.add(slug));
    }
    List<String> names = versions.stream().map(ProfileVersion::describe).toList();
    List<ProfileVersion> known = layers.get(names);
    if (known == null) {
      known = Layers.of(versions, profiles);
      layers.put(names, known);
    }
    return new Given(known, without);
  }

  private String slug() {
    return version.getProfile().getSlug();
  }

  private boolean liesOver(String slug) {
    return over.computeIfAbsent(
        slug,
        other ->
            newest(other).stream()
                .flatMap(top -> Layers.of(top, profiles).stream())
                .anyMatch(layer -> layer.describe().equals(version.describe())));
  }

  private Optional<ProfileVersion> newest(String slug) {
    return newest.computeIfAbsent(
        slug,
        other ->
            profiles.versions(other).stream()
                .filter(v -> v.getState() == VersionState.APPROVED)
                .findFirst());
  }

  private Optional<ProfileVersion> offered(ReleaseRecord present, String slug) {
    return present == null
        ? Optional.empty()
        : present.profiles().stream()
            .filter(ref -> ref.slug().equals(slug))
            .findFirst()
            .flatMap(
                (VersionRef ref) ->
                    offered.computeIfAbsent(
                        ref.describe(), any -> profiles.version(slug, ref.number())));
  }
}
