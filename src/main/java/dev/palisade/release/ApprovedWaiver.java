package dev.palisade.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.SettingValue;
import dev.palisade.profile.WaivedSetting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who asked for a waiver that a release goes by, and who approved it.
 *
 * @param id the waiver's
 * @param value null where it leaves the setting out
 * @param hosts those of the proof for which it was approved
 * @param byRequester whether one person did both, in single-operator mode
 */
public record ApprovedWaiver(
    long id,
    String key,
    SettingValue value,
    String reason,
    String requestedBy,
    String approvedBy,
    Instant approvedAt,
    Instant expiresAt,
    boolean byRequester,
    List<String> hosts) {

  public ApprovedWaiver {
    hosts = List.copyOf(hosts);
  }

  /** Whether it is what a release says for this host. */
  public boolean allows(WaivedSetting waived, String host) {
    return key.equals(waived.key())
        && Objects.equals(value, waived.value())
        && hosts.contains(host);
  }

  void write(ObjectNode entry) {
    entry
        .put("id", id)
        .put("key", key)
        .put("reason", reason)
        .put("requestedBy", requestedBy)
        .put("approvedBy", approvedBy)
        .put("approvedAt", approvedAt.toString())
        .put("expiresAt", expiresAt.toString())
        .put("byRequester", byRequester);
    if (value != null) {
      entry.set("value", value.toJson());
    }
    ArrayNode names = entry.putArray("hosts");
    hosts.forEach(names::add);
  }

  static ApprovedWaiver read(JsonNode entry) {
    JsonNode value = entry.get("value");
    List<String> hosts = new ArrayList<>();
    entry.path("hosts").forEach(host -> hosts.add(host.asText()));
    return new ApprovedWaiver(
        entry.path("id").asLong(),
        entry.path("key").asText(),
        value == null ? null : SettingValue.fromJson(value, "/value"),
        entry.path("reason").asText(),
        entry.path("requestedBy").asText(),
        entry.path("approvedBy").asText(),
        Instant.parse(entry.path("approvedAt").asText()),
        Instant.parse(entry.path("expiresAt").asText()),
        entry.path("byRequester").asBoolean(),
        hosts);
  }
}
