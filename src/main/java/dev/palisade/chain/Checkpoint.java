package dev.palisade.chain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The state of a chain at some time, as it is signed.
 *
 * @param number the newest entry's
 * @param hash the newest entry's
 * @param at to the microsecond
 * @param keyId of the key that signs
 */
public record Checkpoint(long number, String hash, Instant at, String keyId) {

  static final String SCHEMA = "palisade.checkpoint/1";

  public Checkpoint {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /** Canonical JSON: the very bytes that are signed. */
  public String text() {
    return CanonicalJson.of(tree());
  }

  ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("number", number);
    tree.put("hash", hash);
    tree.put("at", at.toString());
    tree.put("keyId", keyId);
    return tree;
  }

  /** This checkpoint under a key's signature. */
  public SignedCheckpoint signedBy(SigningKey key) {
    return new SignedCheckpoint(this, key.sign(text()));
  }
}
