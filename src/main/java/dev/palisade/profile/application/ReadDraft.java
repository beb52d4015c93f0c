package dev.palisade.profile.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.profile.DraftEdit;
import dev.palisade.profile.DraftEdits;
import dev.palisade.profile.LayeredSetting;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What an author needs to see of a draft besides its content. */
@ApplicationScoped
public class ReadDraft {

  /**
   * A version and all that lies under it.
   *
   * @param path the version itself first, the undermost last; the version alone where it is refused
   * @param settings each setting once, by key; empty where it is refused
   * @param refused why the layers do not go together, naming the path, or null
   */
  public record Stack(List<VersionRef> path, List<LayeredSetting> settings, String refused) {}

  @Inject private Profiles profiles;
  @Inject private DraftEdits edits;
  @Inject private Catalog catalog;

  /** Who last wrote which place, the newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<DraftEdit> edits(String slug, int number) {
    return edits.of(profiles.existing(slug, number));
  }

  /** The layers of a version, and what they come to; parameters without a value as examples. */
  @Requires(Permission.VIEW)
  @Transactional
  public Stack stack(String slug, int number) {
    ProfileVersion version = profiles.existing(slug, number);
    List<VersionRef> path = List.of(VersionRef.of(version));
    try {
      List<ProfileVersion> layers = Layers.of(version, profiles);
      path = downwards(layers);
      return new Stack(path, LayeredSetting.of(layers, catalog), null);
    } catch (DomainException e) {
      return new Stack(path, List.of(), e.detail());
    }
  }

  private static List<VersionRef> downwards(List<ProfileVersion> layers) {
    List<VersionRef> path = new ArrayList<>(layers.stream().map(VersionRef::of).toList());
    Collections.reverse(path);
    return path;
  }

  /** The approved versions of other profiles, by profile and the newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<VersionRef> bases(String slug) {
    return profiles.all().stream()
        .filter(profile -> !profile.getSlug().equals(slug))
        .flatMap(profile -> profiles.versions(profile.getSlug()).stream())
        .filter(version -> version.getState() == VersionState.APPROVED)
        .map(VersionRef::of)
        .toList();
  }
}
