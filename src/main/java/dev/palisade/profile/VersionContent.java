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
import java.util.Optional;

/**
 * What a version says, apart from its name and number: exactly what a person approves. Settings are
 * kept sorted by key, so that equal content has one canonical form and one digest.
 */
public record VersionContent(List<ProfileSetting> settings) {

  private static final String SCHEMA = "palisade.version/1";

  public static final VersionContent EMPTY = new VersionContent(List.of());

  public VersionContent {
    settings = settings.stream().sorted(Comparator.comparing(ProfileSetting::key)).toList();
  }

  /** What is said about a setting. */
  public Optional<ProfileSetting> find(String key) {
    return settings.stream().filter(s -> s.key().equals(key)).findFirst();
  }

  /** The same content with another word on one setting, which may be new. */
  public VersionContent with(ProfileSetting setting) {
    List<ProfileSetting> next = new ArrayList<>(without(setting.key()).settings());
    next.add(setting);
    return new VersionContent(next);
  }

  /** The same content without a word on the setting. */
  public VersionContent without(String key) {
    return new VersionContent(settings.stream().filter(s -> !s.key().equals(key)).toList());
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
    }
    root.putArray("parameters");
    root.putNull("extends");
    return CanonicalJson.of(root);
  }

  /** Reads what {@link #canonical()} wrote. */
  public static VersionContent read(String canonical) {
    List<ProfileSetting> settings = new ArrayList<>();
    for (JsonNode entry : CanonicalJson.read(canonical).get("settings")) {
      settings.add(
          new ProfileSetting(
              entry.get("key").textValue(),
              SettingValue.fromJson(entry.get("value"), "/value"),
              entry.path("reason").textValue(),
              entry.get("mandatory").booleanValue()));
    }
    return new VersionContent(settings);
  }

  public Digest digest() {
    return Digest.of(canonical());
  }
}
