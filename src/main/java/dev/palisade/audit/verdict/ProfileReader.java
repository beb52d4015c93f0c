package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.DomainException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what evidence says of the rendered module: the members declared, effective, profile. */
final class ProfileReader {

  private static final int MOST = 10_000;
  private static final int LONGEST_KEY = 500;
  private static final int LONGEST_VALUE = 16_384;
  private static final int LONGEST_RELEASE = 200;
  private static final int LONGEST_REASON = 10_000;

  private ProfileReader() {}

  /**
   * Reads it; null where the evidence has none of it.
   *
   * @throws DomainException naming a member of another type
   */
  static @Nullable HostProfile read(ObjectNode root) {
    values(root, "declared");
    Map<String, JsonNode> effective = values(root, "effective");
    JsonNode profile = root.path("profile");
    if (profile.isMissingNode() || profile.isNull()) {
      return effective == null ? null : new HostProfile(null, true, effective, Map.of(), Set.of());
    }
    if (!profile.isObject()) {
      throw DomainException.notValid("/profile", "What the module left behind is an object.");
    }
    JsonNode enabled = profile.path("enabled");
    if (!enabled.isMissingNode() && !enabled.isNull() && !enabled.isBoolean()) {
      throw DomainException.notValid("/profile/enabled", "This is true or false.");
    }
    return new HostProfile(
        release(profile.path("release")),
        enabled.asBoolean(true),
        effective == null ? Map.of() : effective,
        exceptions(profile.path("exceptions")),
        absent(profile.path("absent")));
  }

  private static @Nullable Map<String, JsonNode> values(ObjectNode root, String member) {
    JsonNode node = root.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isObject() || node.size() > MOST) {
      throw DomainException.notValid(
          "/" + member, "This is an object of at most " + MOST + " keys and their values.");
    }
    Map<String, JsonNode> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String pointer = "/" + member + "/" + SurroundingsReader.escaped(entry.getKey());
      if (entry.getKey().length() > LONGEST_KEY
          || entry.getValue().toString().length() > LONGEST_VALUE) {
        throw DomainException.notValid(
            pointer.substring(0, Math.min(pointer.length(), LONGEST_KEY)),
            "A key has at most %d characters here, and a value %d."
                .formatted(LONGEST_KEY, LONGEST_VALUE));
      }
      values.put(entry.getKey(), entry.getValue());
    }
    return values;
  }

  /** The first renderer's modules may have it as an object. */
  private static @Nullable String release(JsonNode node) {
    JsonNode digest = node.isObject() ? node.path("digest") : node;
    if (digest.isMissingNode() || digest.isNull()) {
      return null;
    }
    if (!digest.isTextual()
        || digest.textValue().isBlank()
        || digest.textValue().length() > LONGEST_RELEASE) {
      throw DomainException.notValid("/profile/release", "A release is named by its digest.");
    }
    return digest.textValue();
  }

  private static Map<String, String> exceptions(JsonNode node) {
    Map<String, String> reasons = new HashMap<>();
    if (node.isMissingNode() || node.isNull()) {
      return reasons;
    }
    if (!node.isObject() || node.size() > MOST) {
      throw DomainException.notValid(
          "/profile/exceptions", "Exceptions are an object of key and {reason}.");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode reason = entry.getValue().path("reason");
      if (!reason.isTextual() || reason.textValue().length() > LONGEST_REASON) {
        throw DomainException.notValid(
            "/profile/exceptions/" + SurroundingsReader.escaped(entry.getKey()),
            "An exception is {reason}, of at most " + LONGEST_REASON + " characters.");
      }
      reasons.put(entry.getKey(), reason.textValue().strip());
    }
    return reasons;
  }

  private static Set<String> absent(JsonNode node) {
    Set<String> keys = new HashSet<>();
    if (node.isMissingNode() || node.isNull()) {
      return keys;
    }
    if (!node.isArray() || node.size() > MOST) {
      throw DomainException.notValid("/profile/absent", "This is a list of keys.");
    }
    for (JsonNode key : node) {
      if (!key.isTextual()) {
        throw DomainException.notValid("/profile/absent", "This is a list of keys.");
      }
      keys.add(key.textValue());
    }
    return keys;
  }
}
