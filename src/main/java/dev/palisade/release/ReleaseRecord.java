package dev.palisade.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.nix.ModuleContent;
import dev.palisade.nix.ModuleContent.Version;
import dev.palisade.nix.ModuleRenderer;
import dev.palisade.nix.ModuleSetting;
import dev.palisade.nix.SysctlConf;
import dev.palisade.profile.DeclaredType;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveSetting;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.WaivedSetting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a release is made of, and nothing about a host or a time. Its canonical JSON is stored,
 * the release digest is taken of it, and the module renders again from it byte for byte.
 *
 * @param renderer {@link ModuleRenderer#ID} at the time
 * @param families of settings in the order of the catalog at the time
 * @param settings resolved settings in key order
 * @param profiles the versions they come from, the undermost layer first
 * @param parameters the values that the operator is answerable for, by name
 * @param waivers what waivers made otherwise, in key order; whose they are is said beside it
 */
public record ReleaseRecord(
    String renderer,
    List<String> families,
    List<ResolvedSetting> settings,
    List<String> kernelModules,
    List<VersionRef> profiles,
    NavigableMap<String, SettingValue> parameters,
    List<WaivedSetting> waivers) {

  private static final String SCHEMA = "palisade.release/1";

  /**
   * A setting, and what it comes from.
   *
   * @param profile the slug of the profile that decides it
   * @param parameters the names of the parameters that its key and value use
   * @param declared what the profile's version declares about it; null where the catalog has it
   */
  public record ResolvedSetting(
      ModuleSetting setting, String profile, List<String> parameters, DeclaredType declared) {

    public String key() {
      return setting.key();
    }

    public SettingValue value() {
      return setting.value();
    }

    /** Whether a host's own configuration must not override it. */
    public boolean mandatory() {
      return setting.mandatory();
    }

    /** What is known about the setting; empty where the catalog no longer has it. */
    public Optional<Setting> known(Catalog catalog) {
      return DeclaredType.known(key(), declared, catalog);
    }
  }

  public ReleaseRecord {
    families = List.copyOf(families);
    settings = List.copyOf(settings);
    kernelModules = List.copyOf(kernelModules);
    profiles = List.copyOf(profiles);
    parameters = Collections.unmodifiableNavigableMap(new TreeMap<>(parameters));
    waivers = List.copyOf(waivers);
  }

  /** What versions come to together, as the present renderer takes it. */
  public static ReleaseRecord of(EffectiveProfile effective, Catalog catalog) {
    return of(ModuleRenderer.ID, effective, catalog);
  }

  /**
   * The same for a named renderer.
   *
   * @throws DomainException for a renderer that this portal does not have
   */
  static ReleaseRecord of(String renderer, EffectiveProfile effective, Catalog catalog) {
    List<ResolvedSetting> settings =
        effective.settings().stream().map(s -> resolved(s, catalog)).toList();
    Set<String> used = new HashSet<>();
    settings.forEach(s -> used.add(s.setting().family()));
    return new ReleaseRecord(
        renderer,
        Stream.concat(
                catalog.settings().stream().map(Setting::family), Stream.of(DeclaredType.FAMILY))
            .distinct()
            .filter(used::contains)
            .toList(),
        settings,
        ModuleRenderer.kernelModules(renderer, modules(settings)),
        effective.layers(),
        effective.parameters(),
        effective.waived());
  }

  private static ResolvedSetting resolved(EffectiveSetting setting, Catalog catalog) {
    return new ResolvedSetting(
        new ModuleSetting(
            setting.key(),
            setting.known().kind(),
            setting.known().merge(),
            setting.value(),
            setting.said().reason(),
            setting.said().mandatory(),
            setting.known().family(),
            catalog.aliases(setting.key()),
            setting.known().optionDepth()),
        setting.layer().slug(),
        List.copyOf(setting.parameters()),
        setting.said().declared());
  }

  private static List<ModuleSetting> modules(List<ResolvedSetting> settings) {
    return settings.stream().map(ResolvedSetting::setting).toList();
  }

  /** RFC 8785 JSON. */
  public String canonical() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA).put("renderer", renderer);
    putUnlessEmpty(root, "families", families);
    ArrayNode list = root.putArray("settings");
    for (ResolvedSetting resolved : settings) {
      ModuleSetting setting = resolved.setting();
      ObjectNode entry =
          list.addObject()
              .put("key", setting.key())
              .put("kind", setting.kind().code())
              .put("merge", setting.merge().code())
              .put("mandatory", resolved.mandatory())
              .put("profile", resolved.profile());
      entry.set("value", setting.value().toJson());
      if (setting.reason() != null) {
        entry.put("reason", setting.reason());
      }
      if (setting.family() != null) {
        entry.put("family", setting.family());
      }
      putUnlessEmpty(entry, "aliases", setting.aliases());
      if (setting.optionDepth() != null) {
        entry.put("optionDepth", setting.optionDepth());
      }
      putUnlessEmpty(entry, "parameters", resolved.parameters());
      if (resolved.declared() != null) {
        entry.set("declared", resolved.declared().toJson());
      }
    }
    ArrayNode modules = root.putArray("kernelModules");
    kernelModules.forEach(modules::add);
    ArrayNode versions = root.putArray("profiles");
    profiles.forEach(
        p ->
            versions
                .addObject()
                .put("slug", p.slug())
                .put("number", p.number())
                .put("digest", p.digest().hex()));
    ObjectNode values = root.putObject("parameters");
    parameters.forEach((name, value) -> values.set(name, value.toJson()));
    ArrayNode waived = root.putArray("waivers");
    waivers.forEach(waiver -> waived.add(waiver.toJson()));
    return CanonicalJson.of(root);
  }

  private static void putUnlessEmpty(ObjectNode node, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = node.putArray(name);
      texts.forEach(array::add);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  /** Reads what {@link #canonical()} wrote. */
  public static ReleaseRecord read(String canonical) {
    JsonNode root = CanonicalJson.read(canonical);
    List<ResolvedSetting> settings = new ArrayList<>();
    for (JsonNode entry : root.get("settings")) {
      settings.add(
          new ResolvedSetting(
              new ModuleSetting(
                  entry.get("key").textValue(),
                  SettingKind.of(entry.get("kind").textValue()),
                  MergeKind.of(entry.get("merge").textValue()),
                  SettingValue.fromJson(entry.get("value"), "/value"),
                  entry.path("reason").textValue(),
                  entry.get("mandatory").booleanValue(),
                  entry.path("family").textValue(),
                  texts(entry.path("aliases")),
                  entry.has("optionDepth") ? entry.get("optionDepth").intValue() : null),
              entry.get("profile").textValue(),
              texts(entry.path("parameters")),
              DeclaredType.fromJson(entry.get("declared"))));
    }
    List<VersionRef> refs = new ArrayList<>();
    for (JsonNode ref : root.get("profiles")) {
      refs.add(
          new VersionRef(
              ref.get("slug").textValue(),
              ref.get("number").intValue(),
              new Digest(ref.get("digest").textValue())));
    }
    NavigableMap<String, SettingValue> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> value : root.get("parameters").properties()) {
      values.put(value.getKey(), SettingValue.fromJson(value.getValue(), "/parameters"));
    }
    List<WaivedSetting> waivers = new ArrayList<>();
    root.get("waivers").forEach(entry -> waivers.add(WaivedSetting.fromJson(entry)));
    return new ReleaseRecord(
        root.get("renderer").textValue(),
        texts(root.path("families")),
        settings,
        texts(root.get("kernelModules")),
        refs,
        values,
        waivers);
  }

  public Digest digest() {
    return Digest.of(canonical());
  }

  /**
   * The module's text, which names this record's digest and every version it comes from.
   *
   * @throws DomainException where a renderer made it that this portal does not have
   */
  public String module() {
    return module(digest().hex());
  }

  /** The same for whoever has the digest of it at hand. */
  String module(String digest) {
    return ModuleRenderer.render(renderer, content(heading(digest), digest));
  }

  /** Its sysctls alone, as a file for {@code /etc/sysctl.d}, under the same heading. */
  public String sysctlConf() {
    return SysctlConf.render(content(heading(digest().hex())));
  }

  private List<String> heading(String digest) {
    List<String> heading = new ArrayList<>();
    heading.add("Palisade release " + digest);
    profiles.forEach(p -> heading.add("Approved: " + p.describe() + " " + p.digest().hex()));
    parameters.forEach(
        (name, value) -> heading.add("Parameter: " + name + " = " + value.display()));
    waivers.forEach(waiver -> heading.add("Waived: " + waiver.describe()));
    return heading;
  }

  /** What the renderer takes for what is no release, under a heading that says what it is. */
  public ModuleContent content(List<String> heading) {
    return content(heading, null);
  }

  private ModuleContent content(List<String> heading, String release) {
    return new ModuleContent(
        heading,
        release,
        profiles.stream().map(p -> new Version(p.slug(), p.number(), p.digest().hex())).toList(),
        families,
        modules(settings),
        kernelModules);
  }
}
