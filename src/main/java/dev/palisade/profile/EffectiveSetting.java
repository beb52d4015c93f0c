package dev.palisade.profile;

import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.core.DomainException;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A setting as it counts in the end.
 *
 * @param key with its parameter's value in place
 * @param value with its parameters' values in place
 * @param known what is known about it, under this key
 * @param said what the version says, parameters by name
 * @param layer the version that decides
 * @param parameters the names of the parameters that the key and the value use
 */
public record EffectiveSetting(
    String key,
    SettingValue value,
    Setting known,
    ProfileSetting said,
    VersionRef layer,
    NavigableSet<String> parameters) {

  /**
   * The same setting at the value that a waiver gives it, for reasons that are not the version's.
   */
  EffectiveSetting waivedAt(SettingValue instead) {
    ProfileSetting without =
        new ProfileSetting(said.key(), said.value(), null, said.mandatory(), said.declared());
    return new EffectiveSetting(
        key, instead, known, without, layer, Collections.unmodifiableNavigableSet(new TreeSet<>()));
  }

  /**
   * The same setting said once more by the same version, because two parameters name one interface:
   * lists that merge hold what both say.
   *
   * @throws DomainException where they do not merge
   */
  EffectiveSetting joinedBy(EffectiveSetting other) {
    if (known.merge() != MergeKind.ADD
        || !(value instanceof Items mine)
        || !(other.value instanceof Items theirs)) {
      throw EffectiveProfile.refused(
          "%s sets %s twice, by %s and by %s."
              .formatted(layer.describe(), key, said.key(), other.said.key()));
    }
    TreeSet<String> both = new TreeSet<>(parameters);
    both.addAll(other.parameters);
    List<SettingValue> items =
        Stream.concat(mine.items().stream(), theirs.items().stream()).distinct().toList();
    return new EffectiveSetting(key, new Items(items), known, said, layer, both);
  }
}
