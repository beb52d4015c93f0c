package dev.palisade.profile.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Tells what a version comes to together with all that lies under it. */
@ApplicationScoped
public class ReadLayers {

  /**
   * A version over its layers.
   *
   * @param layers the version first, then what lies under it, down to the bottom; the version alone
   *     where they do not lie on each other
   * @param effective what they come to, parameters at their defaults or examples; null where they
   *     contradict each other
   * @param refused why there is nothing effective, or null
   */
  public record Stack(List<ProfileVersion> layers, EffectiveProfile effective, String refused) {}

  @Inject private Profiles profiles;
  @Inject private Catalog catalog;

  @Requires(Permission.VIEW)
  @Transactional
  public Stack of(String slug, int number) {
    ProfileVersion top = profiles.existing(slug, number);
    List<ProfileVersion> layers = List.of(top);
    try {
      List<ProfileVersion> upwards = Layers.of(top, profiles);
      List<ProfileVersion> downwards = new ArrayList<>(upwards);
      Collections.reverse(downwards);
      layers = List.copyOf(downwards);
      return new Stack(
          layers, EffectiveProfile.of(upwards, Map.of(), Missing.SHOWN, catalog), null);
    } catch (DomainException e) {
      return new Stack(layers, null, e.detail());
    }
  }
}
