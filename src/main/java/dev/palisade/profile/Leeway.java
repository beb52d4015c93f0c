package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an operator's choice of a parameter can do to one setting that uses it, within what the
 * version approves.
 *
 * @param weakens whether some choice makes the setting weaker than the default or example does
 * @param why a sentence for the person who decides
 */
public record Leeway(String parameter, String key, boolean weakens, String why) {

  /** One entry for each setting that uses the parameter, by key. */
  public static List<Leeway> of(Parameter parameter, VersionContent content, Catalog catalog) {
    List<Leeway> found = new ArrayList<>();
    for (ProfileSetting setting : content.settings()) {
      if (References.in(setting.key()).contains(parameter.name())) {
        boolean opens = setting.value() instanceof Items list && !list.items().isEmpty();
        found.add(
            new Leeway(
                parameter.name(),
                setting.key(),
                opens,
                opens
                    ? "Applies to whichever interface the operator names: "
                        + setting.value().display()
                    : "Applies to whichever interface the operator names."));
      } else if (References.in(setting.key(), setting.value()).contains(parameter.name())) {
        found.add(ofValue(parameter, setting, content, catalog));
      }
    }
    return found;
  }

  private static Leeway ofValue(
      Parameter parameter, ProfileSetting setting, VersionContent content, Catalog catalog) {
    Setting known = setting.known(catalog);
    Map<String, SettingValue> values = new TreeMap<>();
    content.parameters().forEach(p -> values.put(p.name(), p.shown()));
    SettingValue shown = References.inValue(setting.value(), known.kind(), values);
    Optional<Leeway> weaker = Optional.empty();
    boolean ranked = true;
    for (SettingValue probe : parameter.probes()) {
      values.put(parameter.name(), probe);
      SettingValue chosen = References.inValue(setting.value(), known.kind(), values);
      Direction direction = known.direction(shown, chosen);
      boolean below = direction == Direction.WEAKER;
      boolean above = direction == Direction.STRONGER && parameter.standard() == null;
      ranked &= chosen.equals(shown) || direction != Direction.UNKNOWN;
      if (weaker.isEmpty() && (below || above)) {
        String low = ValueChange.shown(known, below ? chosen : shown);
        String high = ValueChange.shown(known, below ? shown : chosen);
        weaker =
            Optional.of(
                new Leeway(
                    parameter.name(),
                    setting.key(),
                    true,
                    low + " is weaker than " + high + ": " + ValueChange.risk(known)));
      }
    }
    boolean open = !ranked || known.stricter() == null;
    return weaker.orElse(
        new Leeway(
            parameter.name(),
            setting.key(),
            open && !ValueChange.isTuning(known),
            open && !ValueChange.isTuning(known)
                ? "The catalog does not rank the values that it may have."
                : "No value that it may have is weaker."));
  }
}
