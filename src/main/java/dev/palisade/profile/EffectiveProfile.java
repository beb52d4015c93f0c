package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.nix.NixText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What versions come to together: each setting once, with the version that decides it and with the
 * values of its parameters in place. Depends on the order of the versions and on nothing else.
 *
 * @param layers the versions, the undermost first
 * @param settings in key order
 * @param parameters the values that were used, by the parameter's name
 * @param missing parameters that nobody supplied, shown by their examples; empty unless asked for
 * @param waived what waivers made otherwise, in key order
 */
public record EffectiveProfile(
    List<VersionRef> layers,
    List<EffectiveSetting> settings,
    NavigableMap<String, SettingValue> parameters,
    List<String> missing,
    List<WaivedSetting> waived) {

  /** What to do about a parameter that has neither a value nor a default. */
  public enum Missing {
    /** Refuse, naming it: a release needs every value. */
    REFUSED,
    /** Show its example: nothing is rolled out by a preview. */
    SHOWN
  }

  /**
   * Lays versions over each other.
   *
   * @param layers the undermost first; see {@link Layers}
   * @param supplied what the operator supplied, by the parameter's name
   * @throws DomainException {@link Problem#CONFLICT} where the layers contradict each other, or
   *     where a parameter's value is missing or not accepted
   */
  public static EffectiveProfile of(
      List<ProfileVersion> layers, Map<String, String> supplied, Missing missing, Catalog catalog) {
    NavigableMap<String, SettingValue> values = new TreeMap<>();
    List<String> without = new ArrayList<>();
    declared(layers)
        .forEach(
            (name, declaration) -> {
              Parameter parameter = declaration.parameter();
              Optional<SettingValue> value = parameter.of(supplied.get(name));
              if (value.isEmpty()) {
                if (missing == Missing.REFUSED) {
                  throw refused(
                      "The parameter %s of %s has no value that is accepted. It takes %s."
                          .formatted(name, declaration.layer(), parameter.takes()));
                }
                without.add(name);
              }
              values.put(name, value.orElseGet(parameter::shown));
            });
    return merged(layers, values, without, catalog);
  }

  /**
   * The same with values that are typed already, as a release's record has them. Values of
   * parameters that no layer declares are left out.
   */
  public static EffectiveProfile of(
      List<ProfileVersion> layers, NavigableMap<String, SettingValue> values, Catalog catalog) {
    NavigableMap<String, SettingValue> accepted = new TreeMap<>();
    declared(layers)
        .forEach(
            (name, declaration) -> {
              SettingValue value = values.get(name);
              if (value == null || !declaration.parameter().accepts(value)) {
                throw refused("The parameter " + name + " has no accepted value.");
              }
              accepted.put(name, value);
            });
    return merged(layers, accepted, List.of(), catalog);
  }

  private static EffectiveProfile merged(
      List<ProfileVersion> layers,
      NavigableMap<String, SettingValue> values,
      List<String> missing,
      Catalog catalog) {
    TreeMap<String, EffectiveSetting> settings = new TreeMap<>(NixText.ORDER);
    for (ProfileVersion version : layers) {
      VersionRef layer = VersionRef.of(version);
      Set<String> own = new HashSet<>();
      for (ProfileSetting said : version.content().settings()) {
        EffectiveSetting setting = effective(said, layer, values, catalog);
        EffectiveSetting present = settings.get(setting.key());
        boolean again = !own.add(setting.key());
        if (present != null && !again) {
          requireOneType(present, setting);
        }
        settings.put(setting.key(), again ? present.joinedBy(setting) : setting);
      }
    }
    requireNoContradiction(settings.values());
    return new EffectiveProfile(
        layers.stream().map(VersionRef::of).toList(),
        List.copyOf(settings.values()),
        values,
        List.copyOf(missing),
        List.of());
  }

  /**
   * What is left of it where waivers take settings out or give them other values. A waiver of what
   * is not asked for, or that gives the value that is asked for, does nothing.
   *
   * @param waivers by key; empty where a setting is not to be managed
   * @throws DomainException {@link Problem#CONFLICT} where a setting is mandatory, or where what is
   *     left contradicts itself
   */
  public EffectiveProfile waivedBy(Map<String, Optional<SettingValue>> waivers) {
    if (waivers.isEmpty()) {
      return this;
    }
    List<EffectiveSetting> left = new ArrayList<>();
    List<WaivedSetting> made = new ArrayList<>();
    for (EffectiveSetting setting : settings) {
      Optional<SettingValue> instead = waivers.get(setting.key());
      if (instead == null || instead.equals(Optional.of(setting.value()))) {
        left.add(setting);
        continue;
      }
      if (setting.said().mandatory()) {
        throw refused(
            "%s makes %s mandatory, and a waiver changes it. Revoke the waiver."
                .formatted(setting.layer().describe(), setting.key()));
      }
      made.add(WaivedSetting.of(setting, instead.orElse(null)));
      instead.ifPresent(value -> left.add(setting.waivedAt(value)));
    }
    if (made.isEmpty()) {
      return this;
    }
    requireNoContradiction(left);
    return new EffectiveProfile(layers, List.copyOf(left), parameters, missing, List.copyOf(made));
  }

  private static void requireNoContradiction(Collection<EffectiveSetting> settings) {
    Contradiction.in(settings)
        .ifPresent(
            found -> {
              throw refused(found);
            });
  }

  private static EffectiveSetting effective(
      ProfileSetting said, VersionRef layer, Map<String, SettingValue> values, Catalog catalog) {
    SettingKind kind = said.known(catalog).kind();
    String key = References.inKey(said.key(), kind, values);
    Setting known =
        said.declared() != null
            ? said.declared().setting(key)
            : catalog
                .find(key)
                .orElseThrow(() -> refused("The catalog has no setting " + key + "."));
    return new EffectiveSetting(
        key,
        ValueText.typed(known, References.inValue(said.value(), kind, values)),
        known,
        said,
        layer,
        References.in(said.key(), said.value()));
  }

  private static void requireOneType(EffectiveSetting below, EffectiveSetting above) {
    if (!below.known().equals(above.known())) {
      throw refused(
          "%s and %s declare %s differently."
              .formatted(below.layer().describe(), above.layer().describe(), above.key()));
    }
    if (below.said().mandatory() && !below.value().equals(above.value())) {
      throw refused(
          "%s overrides %s, which %s makes mandatory."
              .formatted(above.layer().describe(), above.key(), below.layer().describe()));
    }
  }

  /** A parameter, and the uppermost version that declares it, whose default counts. */
  private record Declaration(Parameter parameter, String layer) {}

  private static NavigableMap<String, Declaration> declared(List<ProfileVersion> layers) {
    NavigableMap<String, Declaration> declared = new TreeMap<>();
    for (ProfileVersion layer : layers) {
      for (Parameter parameter : layer.content().parameters()) {
        Declaration below =
            declared.put(parameter.name(), new Declaration(parameter, layer.describe()));
        if (below != null && !below.parameter().takesTheSameAs(parameter)) {
          throw refused(
              "%s and %s declare the parameter %s differently."
                  .formatted(below.layer(), layer.describe(), parameter.name()));
        }
      }
    }
    return declared;
  }

  static DomainException refused(String detail) {
    return new DomainException(Problem.CONFLICT, detail);
  }
}
