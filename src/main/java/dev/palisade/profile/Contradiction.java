package dev.palisade.profile;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.nix.NixText;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings that cannot hold together, whichever of them is written last. */
final class Contradiction {

  private Contradiction() {}

  /** Whether two settings are names of one key of the kernel. */
  static boolean isOneKey(Setting a, Setting b) {
    return a.key().equals(b.alias())
        || b.key().equals(a.alias())
        || (a.alias() != null && !a.key().equals(b.key()) && a.alias().equals(b.alias()));
  }

  /** The first contradiction, as a sentence that names both settings and who says them. */
  static Optional<String> in(Collection<EffectiveSetting> settings) {
    Map<String, EffectiveSetting> names = new HashMap<>();
    Map<List<String>, EffectiveSetting> paths = new HashMap<>();
    for (EffectiveSetting setting : settings) {
      String alias = setting.known().alias();
      EffectiveSetting other = names.put(alias == null ? setting.key() : alias, setting);
      if (other != null && !other.value().equals(setting.value())) {
        return Optional.of(words("%s and %s are names of one key with two values", other, setting));
      }
      if (setting.known().kind() == SettingKind.NIXOS_OPTION) {
        paths.put(NixText.path(setting.key()), setting);
      }
    }
    for (Map.Entry<List<String>, EffectiveSetting> inner : paths.entrySet()) {
      List<String> path = inner.getKey();
      for (int length = 1; length < path.size(); length++) {
        EffectiveSetting outer = paths.get(path.subList(0, length));
        if (outer != null) {
          return Optional.of(
              words("%s is a value, so %s cannot be in it", outer, inner.getValue()));
        }
      }
    }
    return Optional.empty();
  }

  private static String words(String sentence, EffectiveSetting one, EffectiveSetting other) {
    return sentence.formatted(said(one), said(other)) + ".";
  }

  private static String said(EffectiveSetting setting) {
    return "%s = %s of %s"
        .formatted(setting.key(), setting.value().display(), setting.layer().describe());
  }
}
