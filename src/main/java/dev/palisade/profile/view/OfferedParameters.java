package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ParameterType;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.References;
import dev.palisade.profile.SettingsCheck;
import dev.palisade.profile.VersionContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a draft that a menu beside a setting offers. */
final class OfferedParameters {

  private OfferedParameters() {}

  /**
   * Those that fit as a value, or as an element of a list, by what the menu calls them.
   *
   * @param plain the setting with a value of its own
   * @param present the name of the parameter that it has; empty for none
   * @return names by labels, the first for none; empty where nothing fits
   */
  static Map<String, String> of(
      ProfileSetting plain, String present, VersionContent content, Catalog catalog) {
    boolean list = plain.value() instanceof Items;
    ProfileSetting bare =
        new ProfileSetting(
            plain.key(),
            list ? new Items(List.of()) : plain.value(),
            null,
            false,
            plain.declared());
    Map<String, String> offered = new LinkedHashMap<>();
    offered.put(list ? "Add a parameter…" : "A value of its own", "");
    for (Parameter fitting : SettingsCheck.fitting(bare, content, catalog)) {
      offered.put("parameter " + fitting.name(), fitting.name());
    }
    if (!present.isEmpty()) {
      offered.putIfAbsent("parameter " + present, present);
    }
    return offered.size() == 1 ? Map.of() : offered;
  }

  /** Those that name an interface, as keys write them. */
  static List<String> interfaces(VersionContent content) {
    return content.parameters().stream()
        .filter(p -> p.type() == ParameterType.INTERFACE)
        .map(p -> References.to(p.name()))
        .toList();
  }
}
