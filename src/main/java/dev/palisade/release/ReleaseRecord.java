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
import dev.palisade.nix.KernelModules;
import dev.palisade.nix.ModuleContent;
import dev.palisade.nix.ModuleRenderer;
import dev.palisade.nix.ModuleSetting;
import dev.palisade.nix.NixText;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a release is made of, and nothing about a host or a time. Its canonical JSON is stored,
 * the release digest is taken of it, and the module renders again from it byte for byte.
 *
 * @param renderer {@link ModuleRenderer#ID} at the time
 * @param settings resolved settings in key order
 * @param profiles the versions they come from, in the order of the host's profiles
 */
public record ReleaseRecord(
    String renderer,
    List<ResolvedSetting> settings,
    List<String> kernelModules,
    List<VersionRef> profiles) {

  private static final String SCHEMA = "palisade.release/1";

  /** A setting, and the slug of the profile that decides it. */
  public record ResolvedSetting(ModuleSetting setting, boolean mandatory, String profile) {}

  /** A version by name, and the digest that people approved. */
  public record VersionRef(String slug, int number, Digest digest) {

    /** As people name it: {@code homelab-lan v1}. */
    public String describe() {
      return slug + " v" + number;
    }
  }

  public ReleaseRecord {
    settings = List.copyOf(settings);
    kernelModules = List.copyOf(kernelModules);
    profiles = List.copyOf(profiles);
  }

  /** Resolves versions in order: where two speak of one setting, the later one decides. */
  public static ReleaseRecord resolve(List<ProfileVersion> versions, Catalog catalog) {
    Map<String, ResolvedSetting> resolved = new TreeMap<>(NixText.ORDER);
    List<VersionRef> refs = new ArrayList<>();
    for (ProfileVersion version : versions) {
      String slug = version.getProfile().getSlug();
      refs.add(new VersionRef(slug, version.getNumber(), version.getDigest()));
      for (ProfileSetting setting : version.content().settings()) {
        Setting known =
            catalog
                .find(setting.key())
                .orElseThrow(
                    () -> new IllegalStateException("The catalog no longer has " + setting.key()));
        resolved.put(
            setting.key(),
            new ResolvedSetting(
                new ModuleSetting(
                    setting.key(), known.kind(), known.merge(), setting.value(), setting.reason()),
                setting.mandatory(),
                slug));
      }
    }
    List<ModuleSetting> settings =
        resolved.values().stream().map(ResolvedSetting::setting).toList();
    return new ReleaseRecord(
        ModuleRenderer.ID,
        List.copyOf(resolved.values()),
        KernelModules.derivedFrom(settings),
        refs);
  }

  /** RFC 8785 JSON. */
  public String canonical() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA).put("renderer", renderer);
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
    root.putObject("parameters");
    root.putArray("waivers");
    return CanonicalJson.of(root);
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
                  entry.path("reason").textValue()),
              entry.get("mandatory").booleanValue(),
              entry.get("profile").textValue()));
    }
    List<String> modules = new ArrayList<>();
    root.get("kernelModules").forEach(module -> modules.add(module.textValue()));
    List<VersionRef> refs = new ArrayList<>();
    for (JsonNode ref : root.get("profiles")) {
      refs.add(
          new VersionRef(
              ref.get("slug").textValue(),
              ref.get("number").intValue(),
              new Digest(ref.get("digest").textValue())));
    }
    return new ReleaseRecord(root.get("renderer").textValue(), settings, modules, refs);
  }

  public Digest digest() {
    return Digest.of(canonical());
  }

  /** The module's text, which names this record's digest and every version it comes from. */
  public String module() {
    List<String> heading = new ArrayList<>();
    heading.add("Palisade release " + digest().hex());
    profiles.forEach(p -> heading.add("Approved: " + p.describe() + " " + p.digest().hex()));
    return ModuleRenderer.render(content(heading));
  }

  /** What the renderer takes, under another heading. */
  public ModuleContent content(List<String> heading) {
    return new ModuleContent(
        heading, settings.stream().map(ResolvedSetting::setting).toList(), kernelModules);
  }
}
