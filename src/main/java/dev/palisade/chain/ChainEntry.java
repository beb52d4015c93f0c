package dev.palisade.chain;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Digest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One act as the chain holds it.
 *
 * @param number from 1 without a gap
 * @param at to the microsecond
 * @param detail JSON-typed values only
 * @param previous hash of the entry before, or that of {@link ChainHead#START}
 */
public record ChainEntry(
    long number,
    Instant at,
    String actorKind,
    String actor,
    String act,
    String objectKind,
    String object,
    Map<String, Object> detail,
    String previous) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final TypeReference<TreeMap<String, Object>> DETAIL = new TypeReference<>() {};
  private static final Set<String> TEXTS =
      Set.of("at", "actorKind", "actor", "act", "objectKind", "object", "previous");

  public ChainEntry {
    at = at.truncatedTo(ChronoUnit.MICROS);
    detail = new TreeMap<>(detail);
  }

  /** Canonical JSON: the very bytes that are hashed. */
  public String content() {
    return CanonicalJson.of(tree());
  }

  /** Hex SHA-256 of the content. */
  public String hash() {
    return Digest.of(content()).hex();
  }

  private ObjectNode tree() {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("number", number);
    tree.put("at", at.toString());
    tree.put("actorKind", actorKind);
    tree.put("actor", actor);
    tree.put("act", act);
    tree.put("objectKind", objectKind);
    tree.put("object", object);
    tree.set("detail", MAPPER.valueToTree(detail));
    tree.put("previous", previous);
    return tree;
  }

  /**
   * Reads an entry's content, in whatever JSON it was written.
   *
   * @throws IllegalArgumentException where a member is missing, unknown or of another type
   */
  public static ChainEntry read(String content) {
    JsonNode tree = CanonicalJson.read(content);
    Set<String> members = new TreeSet<>();
    tree.fieldNames().forEachRemaining(members::add);
    Set<String> known = new TreeSet<>(TEXTS);
    known.addAll(Set.of("number", "detail"));
    if (!members.equals(known)
        || !TEXTS.stream().allMatch(name -> tree.get(name).isTextual())
        || !tree.get("number").canConvertToExactIntegral()
        || !tree.get("detail").isObject()) {
      throw new IllegalArgumentException("Not the members of an entry: " + members);
    }
    try {
      return new ChainEntry(
          tree.get("number").longValue(),
          Instant.parse(tree.get("at").textValue()),
          tree.get("actorKind").textValue(),
          tree.get("actor").textValue(),
          tree.get("act").textValue(),
          tree.get("objectKind").textValue(),
          tree.get("object").textValue(),
          MAPPER.convertValue(tree.get("detail"), DETAIL),
          tree.get("previous").textValue());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Not a time", e);
    }
  }

  /** The names of the members in which two entries differ, where 1.0 equals 1. */
  public List<String> differences(ChainEntry other) {
    JsonNode mine = CanonicalJson.read(content());
    JsonNode others = CanonicalJson.read(other.content());
    List<String> names = new ArrayList<>();
    mine.fieldNames()
        .forEachRemaining(
            name -> {
              if (!mine.get(name).equals(others.get(name))) {
                names.add(name);
              }
            });
    return names;
  }
}
