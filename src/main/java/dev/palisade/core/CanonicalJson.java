package dev.palisade.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** JSON in the one form that RFC 8785 allows, so that equal content has equal bytes and digests. */
public final class CanonicalJson {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private CanonicalJson() {}

  /** The canonical text; its UTF-8 bytes are what digests are taken of. */
  public static String of(JsonNode node) {
    try {
      return new JsonCanonicalizer(MAPPER.writeValueAsString(node)).getEncodedString();
    } catch (IOException e) {
      throw new IllegalArgumentException("Not representable as canonical JSON", e);
    }
  }

  /** Reads text that this class wrote, for example from the database. */
  public static JsonNode read(String canonical) {
    try {
      return MAPPER.readTree(canonical);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not canonical JSON", e);
    }
  }
}
