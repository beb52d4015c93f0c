package dev.palisade.audit.verdict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads evidence in the portal's own JSON form, {@code palisade.evidence/1}. Members that are not
 * known are kept and ignored; secret values are dropped before anything else looks at them.
 */
public final class JsonEvidence {

  private static final String SCHEMA = "palisade.evidence/1";
  private static final int MOST_DEPTH = 32;
  private static final int MOST_KEYS = 200_000;
  private static final int LONGEST_TEXT = 65_536;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REASON = 1_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_DEPTH)
                          .maxStringLength(1 << 20)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ObjectNode root;

  private JsonEvidence(ObjectNode root) {
    this.root = root;
  }

  /**
   * Reads JSON evidence.
   *
   * @throws DomainException {@link Problem#BAD_REQUEST} for what is not JSON or not evidence,
   *     naming the place; {@link Problem#NOT_VALID} for a member of the wrong type
   */
  public static ReceivedEvidence read(byte[] body) {
    ObjectNode object = object(body);
    refuseNul(object, "");
    JsonEvidence reader = new JsonEvidence(object);
    int secrets = reader.dropSecrets();
    Evidence evidence = reader.evidence(secrets, SurroundingsReader.read(object));
    try {
      return new ReceivedEvidence(
          evidence,
          secrets == 0 ? body.clone() : MAPPER.writeValueAsBytes(object),
          reader.rolledBack());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was read can be written", e);
    }
  }

  /**
   * Reads evidence that was accepted before. A member that was not looked at then and is not
   * understood now is not said.
   */
  public static Evidence again(byte[] kept) {
    ObjectNode object = object(kept);
    Surroundings around;
    try {
      around = SurroundingsReader.read(object);
    } catch (DomainException e) {
      around = Surroundings.NONE;
    }
    return new JsonEvidence(object).evidence(0, around);
  }

  private static ObjectNode object(byte[] body) {
    JsonNode node;
    if (new String(body, StandardCharsets.UTF_8).isBlank()) {
      throw new DomainException(
          Problem.BAD_REQUEST, "The body is empty. Send evidence in JSON, or sysctl -a as text.");
    }
    try {
      node = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      if (e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Trailing token")) {
        throw new DomainException(
            Problem.BAD_REQUEST, "The text holds more than one JSON document; send one report.");
      }
      String place =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new DomainException(
          Problem.BAD_REQUEST, "The evidence is not JSON" + place + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new DomainException(Problem.BAD_REQUEST, "The evidence is not JSON.");
    }
    if (!(node instanceof ObjectNode object)) {
      throw new DomainException(Problem.BAD_REQUEST, "Evidence is a JSON object.");
    }
    if (object.path("nftables").isArray() && !object.has("schema")) {
      throw new DomainException(
          Problem.BAD_REQUEST,
          "This is a firewall ruleset of “nft -j” alone. Send it as firewall.ruleset of"
              + " evidence, beside sysctl.");
    }
    return object;
  }

  /** No database column holds it, and nothing that a host prints does. */
  private static void refuseNul(JsonNode node, String pointer) {
    if (node.isTextual() && node.textValue().indexOf(0) >= 0) {
      throw DomainException.notValid(pointer, "A text cannot hold the character U+0000.");
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        refuseNul(node.get(i), pointer + "/" + i);
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (member.getKey().indexOf(0) >= 0) {
          throw DomainException.notValid(
              pointer.isEmpty() ? "/" : pointer,
              "The name of a member cannot hold the character U+0000.");
        }
        refuseNul(member.getValue(), pointer + "/" + SurroundingsReader.escaped(member.getKey()));
      }
    }
  }

  /** Removes secret values from every object that maps keys to values. */
  private int dropSecrets() {
    int dropped = 0;
    for (String member : List.of("sysctl", "declared", "effective")) {
      if (root.get(member) instanceof ObjectNode values) {
        List<String> secrets = new ArrayList<>();
        values.fieldNames().forEachRemaining(secrets::add);
        secrets.removeIf(key -> !Catalog.isSecret(key));
        values.remove(secrets);
        dropped += secrets.size();
      }
    }
    return dropped;
  }

  private Evidence evidence(int secrets, Surroundings around) {
    if (!SCHEMA.equals(root.path("schema").textValue())) {
      throw DomainException.notValid("/schema", "The schema of evidence is “" + SCHEMA + "”.");
    }
    return new Evidence(
        values(),
        unreadable(),
        text("id"),
        instant(),
        text("bootId"),
        text("kernel"),
        text("nixos"),
        around.profile() == null || around.profile().release() == null
            ? text("release")
            : around.profile().release(),
        secrets,
        around);
  }

  private Map<String, String> values() {
    JsonNode sysctl = root.get("sysctl");
    if (sysctl == null) {
      throw DomainException.notValid(
          "/sysctl",
          "The member sysctl is missing: running values are an object of key and value, as"
              + " sysctl -a prints them.");
    }
    if (!(sysctl instanceof ObjectNode object)) {
      throw DomainException.notValid("/sysctl", "Running values are an object of key and value.");
    }
    if (object.isEmpty()) {
      throw DomainException.notValid("/sysctl", "Evidence holds at least one running value.");
    }
    if (object.size() > MOST_KEYS) {
      throw DomainException.notValid("/sysctl", "At most " + MOST_KEYS + " keys are accepted.");
    }
    Map<String, String> values = new HashMap<>();
    object
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
                throw DomainException.notValid(
                    "/sysctl/" + SurroundingsReader.escaped(entry.getKey()),
                    "A running value is a text, a whole number, true or false.");
              }
              values.put(entry.getKey(), bounded("/sysctl", value.asText(), LONGEST_TEXT));
            });
    return values;
  }

  private Set<String> unreadable() {
    JsonNode list = root.path("unreadable");
    Set<String> keys = new HashSet<>();
    if (list.isMissingNode() || list.isNull()) {
      return keys;
    }
    for (JsonNode key : list) {
      if (!key.isTextual()) {
        throw DomainException.notValid("/unreadable", "This is a list of keys.");
      }
      keys.add(bounded("/unreadable", key.textValue(), LONGEST_TEXT));
    }
    if (!list.isArray()) {
      throw DomainException.notValid("/unreadable", "This is a list of keys.");
    }
    return keys;
  }

  private @Nullable String text(String member) {
    JsonNode node = root.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()
        || node.textValue().isBlank()
        || node.textValue().chars().anyMatch(Character::isISOControl)) {
      throw DomainException.notValid("/" + member, "This is one line of text.");
    }
    return bounded("/" + member, node.textValue(), LONGEST_NAME);
  }

  private @Nullable Instant instant() {
    String text = text("collectedAt");
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw DomainException.notValid("/collectedAt", "A time looks like 2026-01-31T12:00:00Z.");
    }
  }

  private @Nullable RolledBack rolledBack() {
    JsonNode node = root.path("rolledBack");
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    JsonNode number = node.path("number");
    JsonNode reason = node.path("reason");
    if (!number.isInt() || number.intValue() < 1 || !reason.isTextual()) {
      throw DomainException.notValid(
          "/rolledBack", "That the host went back is an object of a number and a reason.");
    }
    return new RolledBack(
        number.intValue(), Words.line("/rolledBack/reason", reason.textValue(), LONGEST_REASON));
  }

  private static String bounded(String pointer, String text, int most) {
    if (text.length() > most) {
      throw DomainException.notValid(pointer, "A text here has at most " + most + " characters.");
    }
    return text;
  }
}
