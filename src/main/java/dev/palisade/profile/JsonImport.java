package dev.palisade.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads the content of a version from its JSON. */
final class JsonImport {

  private static final JsonMapper JSON_READER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonImport() {}

  /**
   * Reads the content.
   *
   * @throws DomainException where the text is no version, naming what it is instead
   */
  static VersionContent read(String text, Catalog catalog) {
    JsonNode root;
    try {
      root = JSON_READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw DomainException.notValid("/text", fault(e));
    }
    if (root == null || !root.path("settings").isArray()) {
      throw DomainException.notValid(
          "/text", "A version in JSON has a list “settings”." + is(root));
    }
    List<ParametersCheck.Entry> parameters =
        list(root, "parameters", ParametersCheck.Entry[].class);
    List<SettingsCheck.Entry> settings = list(root, "settings", SettingsCheck.Entry[].class);
    VersionContent bare =
        placed(
            "parameters", () -> ParametersCheck.check(catalog, parameters, VersionContent.EMPTY));
    return placed("settings", () -> SettingsCheck.check(catalog, settings, bare))
        .over(base(root.path("extends")));
  }

  /** What is at fault in a list of the text is told with its place there. */
  private static VersionContent placed(String list, Supplier<VersionContent> check) {
    try {
      return check.get();
    } catch (DomainException e) {
      throw new DomainException(
          e.problem(),
          e.detail(),
          e.faults().stream()
              .map(f -> new Fault("/text", list + f.pointer() + ": " + f.detail()))
              .toList());
    }
  }

  private static <T> List<T> list(JsonNode root, String member, Class<T[]> type) {
    JsonNode list = root.path(member);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    try {
      return Arrays.asList(JSON_READER.convertValue(list, type));
    } catch (IllegalArgumentException e) {
      throw DomainException.notValid(
          "/text", "The list “" + member + "” has entries that are not those of a version.");
    }
  }

  private static VersionRef base(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    String digest = node.path("digest").asText();
    if (!node.path("slug").isTextual()
        || !node.path("number").isInt()
        || !digest.matches("[0-9a-f]{64}")) {
      throw DomainException.notValid("/text", "“extends” names a slug, a number and a digest.");
    }
    return new VersionRef(
        node.get("slug").textValue(), node.get("number").intValue(), new Digest(digest));
  }

  private static String fault(JsonProcessingException e) {
    return e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Trailing token")
        ? "The text holds more than one JSON document; import one."
        : "This is not JSON: " + e.getOriginalMessage();
  }

  /** What the JSON seems to be instead, as sentences after the first one; may be empty. */
  private static String is(JsonNode root) {
    if (root == null || root.isMissingNode()) {
      return "";
    }
    if (root.has("nftables")) {
      return " This is a firewall ruleset of “nft -j”; it is sent as evidence of a host.";
    }
    if (root.path("sysctl").isObject()) {
      return " This is evidence of a host, sent to /agent/v1/reports; to import its values, give"
          + " the text of sysctl -a.";
    }
    if (!root.isObject()) {
      return " This is " + (root.isArray() ? "a list." : "a single value.");
    }
    String names =
        StreamSupport.stream(((Iterable<String>) root::fieldNames).spliterator(), false)
            .limit(8)
            .map(NixImport::shown)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? " This object is empty." : " This object has: " + names + ".";
  }
}
