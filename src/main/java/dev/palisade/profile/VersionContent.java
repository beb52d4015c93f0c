package dev.palisade.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a version says, apart from its name and number: exactly what a person approves. Settings are
 * kept sorted by key and parameters by name, so that equal content has one canonical form and one
 * digest.
 *
 * @param base the version of another profile that this one is layered over, {@code extends} in
 *     JSON; null for none. Its digest stands in the canonical form, so that who approves this one
 *     approves exactly what lies under it
 */
public record VersionContent(
    List<ProfileSetting> settings, List<Parameter> parameters, VersionRef base) {

  /** The place that says what lies under it. */
  public static final String BASE = "extends";

  private static final String SCHEMA = "palisade.version/1";

  public static final VersionContent EMPTY = new VersionContent(List.of());

  public VersionContent {
    settings = settings.stream().sorted(Comparator.comparing(ProfileSetting::key)).toList();
    parameters = parameters.stream().sorted(Comparator.comparing(Parameter::name)).toList();
  }

  /** Settings without parameters, over no other version. */
  public VersionContent(List<ProfileSetting> settings) {
    this(settings, List.of(), null);
  }

  /** What is said about a setting. */
  public Optional<ProfileSetting> find(String key) {
    return settings.stream().filter(s -> s.key().equals(key)).findFirst();
  }

  /** The parameter with this name. */
  public Optional<Parameter> parameter(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** The same content with another word on one setting, which may be new. */
  public VersionContent with(ProfileSetting setting) {
    List<ProfileSetting> next = new ArrayList<>(without(setting.key()).settings());
    next.add(setting);
    return withSettings(next);
  }

  /** The same content without a word on the setting. */
  public VersionContent without(String key) {
    return withSettings(settings.stream().filter(s -> !s.key().equals(key)).toList());
  }

  /** The same parameters over the same version, with other settings. */
  public VersionContent withSettings(List<ProfileSetting> next) {
    return new VersionContent(next, parameters, base);
  }

  /** The same settings over the same version, with other parameters. */
  public VersionContent withParameters(List<Parameter> next) {
    return new VersionContent(settings, next, base);
  }

  /** The same settings and parameters over another version; null for none. */
  public VersionContent over(VersionRef next) {
    return new VersionContent(settings, parameters, next);
  }

  /** The keys of the settings that use a parameter. */
  public List<String> usersOf(String parameter) {
    return settings.stream()
        .filter(s -> References.in(s.key(), s.value()).contains(parameter))
        .map(ProfileSetting::key)
        .toList();
  }

  /** The same content, in which each use of one parameter is a use of another. */
  VersionContent renamed(String from, String to) {
    return withSettings(
        settings.stream()
            .map(
                s ->
                    new ProfileSetting(
                        References.renamed(s.key(), from, to),
                        References.renamed(s.value(), from, to),
                        s.reason(),
                        s.mandatory(),
                        s.declared()))
            .toList());
  }

  /**
   * Where another content differs: settings by key, parameters as <code>${name}</code>, and {@code
   * extends}.
   */
  public Set<String> places(VersionContent other) {
    Set<String> places = new TreeSet<>();
    differing(settings, other.settings, ProfileSetting::key, places);
    differing(parameters, other.parameters, p -> References.to(p.name()), places);
    if (!Objects.equals(base, other.base)) {
      places.add(BASE);
    }
    return places;
  }

  private static <T> void differing(
      List<T> mine, List<T> theirs, Function<T, String> place, Set<String> places) {
    mine.stream().filter(one -> !theirs.contains(one)).map(place).forEach(places::add);
    theirs.stream().filter(one -> !mine.contains(one)).map(place).forEach(places::add);
  }

  /** RFC 8785 JSON; stored as it is, and what the version digest is taken of. */
  public String canonical() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", SCHEMA);
    ArrayNode list = root.putArray("settings");
    for (ProfileSetting setting : settings) {
      ObjectNode entry = list.addObject().put("key", setting.key());
      entry.set("value", setting.value().toJson());
      if (setting.reason() != null) {
        entry.put("reason", setting.reason());
      }
      entry.put("mandatory", setting.mandatory());
      if (setting.declared() != null) {
        entry.set("declared", setting.declared().toJson());
      }
    }
    ArrayNode supplied = root.putArray("parameters");
    parameters.forEach(parameter -> supplied.add(parameter.toJson()));
    if (base == null) {
      root.putNull(BASE);
    } else {
      root.putObject(BASE)
          .put("slug", base.slug())
          .put("number", base.number())
          .put("digest", base.digest().hex());
    }
    return CanonicalJson.of(root);
  }

  /** Reads what {@link #canonical()} wrote. */
  public static VersionContent read(String canonical) {
    JsonNode root = CanonicalJson.read(canonical);
    List<ProfileSetting> settings = new ArrayList<>();
    for (JsonNode entry : root.get("settings")) {
      settings.add(
          new ProfileSetting(
              entry.get("key").textValue(),
              SettingValue.fromJson(entry.get("value"), "/value"),
              entry.path("reason").textValue(),
              entry.get("mandatory").booleanValue(),
              DeclaredType.fromJson(entry.get("declared"))));
    }
    List<Parameter> parameters = new ArrayList<>();
    root.get("parameters").forEach(node -> parameters.add(Parameter.fromJson(node)));
    JsonNode base = root.get(BASE);
    return new VersionContent(
        settings,
        parameters,
        base.isNull()
            ? null
            : new VersionRef(
                base.get("slug").textValue(),
                base.get("number").intValue(),
                new Digest(base.get("digest").textValue())));
  }

  public Digest digest() {
    return Digest.of(canonical());
  }
}
