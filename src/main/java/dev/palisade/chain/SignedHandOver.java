package dev.palisade.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A hand-over and the outgoing key's signature.
 *
 * @param signature 128 hexadecimal digits, over {@link KeyHandOver#text()}
 */
public record SignedHandOver(KeyHandOver handOver, String signature) {

  /** Whether the outgoing key signed it, and its word still counts. */
  boolean counts(Instant now) {
    return now.isBefore(handOver.until()) && handOver.from().verifies(handOver.text(), signature);
  }

  ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("text", handOver.text());
    tree.put("signature", signature);
    return tree;
  }

  static SignedHandOver read(JsonNode tree) {
    return new SignedHandOver(
        KeyHandOver.read(tree.path("text").asText()), tree.path("signature").asText());
  }
}
