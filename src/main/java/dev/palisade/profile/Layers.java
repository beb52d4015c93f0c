package dev.palisade.profile;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which versions lie under which: a version lies over the one it extends, and so on down. */
public final class Layers {

  private static final int MOST = 8;

  private Layers() {}

  /**
   * A version and all that lies under it, the undermost first.
   *
   * @throws DomainException naming the path, where a profile would lie under itself or where what
   *     lies under it has other content than the one that was named
   */
  public static List<ProfileVersion> of(ProfileVersion top, Profiles profiles) {
    List<ProfileVersion> layers = new ArrayList<>(List.of(top));
    for (VersionRef base = top.content().base(); base != null; ) {
      ProfileVersion below = profiles.existing(base.slug(), base.number());
      boolean again =
          layers.stream()
              .anyMatch(layer -> layer.getProfile().getSlug().equals(below.getProfile().getSlug()));
      layers.add(below);
      if (again) {
        throw refused("A profile cannot lie under itself: " + path(layers));
      }
      if (layers.size() > MOST) {
        throw refused("More than " + MOST + " layers: " + path(layers));
      }
      if (!below.getDigest().equals(base.digest())) {
        throw refused(
            below.describe() + " has other content than the one extended: " + path(layers));
      }
      base = below.content().base();
    }
    Collections.reverse(layers);
    return layers;
  }

  /**
   * The layers of several versions, each layer once, where it first lies.
   *
   * @param versions in order; later ones win
   * @throws DomainException as for one version, and naming both paths where one profile would come
   *     in two versions
   */
  public static List<ProfileVersion> of(List<ProfileVersion> versions, Profiles profiles) {
    Map<String, ProfileVersion> layers = new LinkedHashMap<>();
    Map<String, String> paths = new LinkedHashMap<>();
    for (ProfileVersion version : versions) {
      List<ProfileVersion> downwards = new ArrayList<>();
      List<ProfileVersion> own = of(version, profiles);
      for (int i = own.size() - 1; i >= 0; i--) {
        downwards.add(own.get(i));
        paths.putIfAbsent(own.get(i).describe(), path(downwards));
      }
      for (ProfileVersion layer : own) {
        ProfileVersion present = layers.putIfAbsent(layer.getProfile().getSlug(), layer);
        if (present != null && present.getNumber() != layer.getNumber()) {
          throw refused(
              layer.getProfile().getSlug()
                  + " would come in two versions: "
                  + paths.get(present.describe())
                  + ", and "
                  + paths.get(layer.describe()));
        }
      }
    }
    return List.copyOf(layers.values());
  }

  /**
   * Requires that all that lies under a version is approved.
   *
   * @throws DomainException {@link Problem#NOT_APPROVED} naming what is not
   */
  public static void requireApproved(ProfileVersion top, Profiles profiles) {
    for (ProfileVersion layer : of(top, profiles)) {
      if (layer != top && layer.getState() != VersionState.APPROVED) {
        throw new DomainException(
            Problem.NOT_APPROVED,
            layer.describe()
                + " is "
                + layer.getState().inSentence()
                + "; a version lies over approved ones only.");
      }
    }
  }

  /** What a version and all that lies under it say together, parameters left in place. */
  public static VersionContent merged(ProfileVersion top, Profiles profiles) {
    VersionContent merged = VersionContent.EMPTY;
    for (ProfileVersion layer : of(top, profiles)) {
      for (ProfileSetting setting : layer.content().settings()) {
        merged = merged.with(setting);
      }
    }
    return merged;
  }

  /**
   * What keeps a list from being layers: each profile comes once, and what a version extends lies
   * somewhere under it with the content that was named.
   *
   * @param layers the undermost first
   * @return a sentence for a person; empty when nothing does
   */
  public static Optional<String> fault(List<ProfileVersion> layers) {
    Map<String, VersionRef> below = new HashMap<>();
    for (ProfileVersion layer : layers) {
      VersionRef base = layer.content().base();
      if (base != null && !base.equals(below.get(base.slug()))) {
        return Optional.of(
            layer.describe() + " extends " + base.describe() + ", which does not lie under it.");
      }
      if (below.put(layer.getProfile().getSlug(), VersionRef.of(layer)) != null) {
        return Optional.of("The profile " + layer.getProfile().getSlug() + " comes twice.");
      }
    }
    return Optional.empty();
  }

  private static String path(List<ProfileVersion> downwards) {
    return downwards.stream().map(ProfileVersion::describe).collect(Collectors.joining(" → "));
  }

  private static DomainException refused(String detail) {
    return new DomainException(Problem.CONFLICT, detail + ".");
  }
}
