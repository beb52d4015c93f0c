package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.profile.EffectiveProfile.Missing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A setting as several layers come to it.
 *
 * @param effective what counts, and the layer that decides
 * @param under what lower layers say about it, the nearest first
 */
public record LayeredSetting(EffectiveSetting effective, List<Said> under) {

  /** What a layer says. */
  public record Said(VersionRef layer, SettingValue value) {}

  public LayeredSetting {
    under = List.copyOf(under);
  }

  /**
   * Each setting once, by key; a parameter without a value shows its example.
   *
   * @param layers the undermost first; see {@link Layers}
   */
  public static List<LayeredSetting> of(List<ProfileVersion> layers, Catalog catalog) {
    Map<String, List<Said>> said = new HashMap<>();
    List<EffectiveSetting> settings = List.of();
    for (int count = 1; count <= layers.size(); count++) {
      VersionRef top = VersionRef.of(layers.get(count - 1));
      settings =
          EffectiveProfile.of(layers.subList(0, count), Map.of(), Missing.SHOWN, catalog)
              .settings();
      for (EffectiveSetting setting : settings) {
        if (setting.layer().equals(top)) {
          said.computeIfAbsent(setting.key(), any -> new ArrayList<>())
              .add(0, new Said(top, setting.value()));
        }
      }
    }
    return settings.stream()
        .map(s -> new LayeredSetting(s, said.get(s.key()).subList(1, said.get(s.key()).size())))
        .toList();
  }
}
