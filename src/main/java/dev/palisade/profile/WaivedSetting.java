package dev.palisade.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import java.util.Optional;

/**
 * A setting that a waiver takes out, or to which it gives another value.
 *
 * @param value what counts in its place; null where nothing does
 * @param asked what the versions come to
 * @param profile the slug of the profile that asks
 * @param declared what the profile's version declares about it; null where the catalog has it
 */
public record WaivedSetting(
    String key, SettingValue value, SettingValue asked, String profile, DeclaredType declared) {

  static WaivedSetting of(EffectiveSetting setting, SettingValue value) {
    return new WaivedSetting(
        setting.key(), value, setting.value(), setting.layer().slug(), setting.said().declared());
  }

  /** As a release's record has it; {@link #fromJson} reads it again. */
  public ObjectNode toJson() {
    ObjectNode entry =
        JsonNodeFactory.instance
            .objectNode()
            .put("key", key)
            .put("effect", effect())
            .put("profile", profile);
    entry.set("asked", asked.toJson());
    if (value != null) {
      entry.set("value", value.toJson());
    }
    if (declared != null) {
      entry.set("declared", declared.toJson());
    }
    return entry;
  }

  public static WaivedSetting fromJson(JsonNode entry) {
    JsonNode value = entry.get("value");
    return new WaivedSetting(
        entry.get("key").textValue(),
        value == null ? null : SettingValue.fromJson(value, "/waivers"),
        SettingValue.fromJson(entry.get("asked"), "/waivers"),
        entry.get("profile").textValue(),
        DeclaredType.fromJson(entry.get("declared")));
  }

  /** {@code value} or {@code unmanaged}, as in the API. */
  public String effect() {
    return value == null ? "unmanaged" : "value";
  }

  /** What is known about the setting; empty where the catalog no longer has it. */
  public Optional<Setting> known(Catalog catalog) {
    return DeclaredType.known(key, declared, catalog);
  }

  /** What it does, in half a sentence: {@code kernel.sysrq = 1; base asks for 0}. */
  public String describe() {
    return key
        + (value == null ? " is left alone" : " = " + value.display())
        + "; "
        + profile
        + " asks for "
        + asked.display();
  }
}
