package dev.palisade.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The outgoing key's word that another key takes its place. Whoever trusts the one may trust the
 * other, until the overlap ends: from then on a stolen outgoing key names nobody any more.
 *
 * @param at to the second
 * @param until the end of the overlap, to the second
 */
public record KeyHandOver(VerifyingKey from, VerifyingKey to, Instant at, Instant until) {

  /** How long the word of an outgoing key counts: more than one life of a statement. */
  static final Duration OVERLAP = Duration.ofDays(90);

  private static final String SCHEMA = "palisade.key-hand-over/1";

  public KeyHandOver {
    at = at.truncatedTo(ChronoUnit.SECONDS);
    until = until.truncatedTo(ChronoUnit.SECONDS);
  }

  /** One key hands over to another, which its signature proves. */
  public static SignedHandOver now(SigningKey from, SigningKey to, Instant now) {
    KeyHandOver said =
        new KeyHandOver(from.verifyingKey(), to.verifyingKey(), now, now.plus(OVERLAP));
    return new SignedHandOver(said, from.sign(said.text()));
  }

  /** Canonical JSON: the very bytes that the outgoing key signs. */
  public String text() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("from", from.id());
    tree.put("fromKey", from.pem());
    tree.put("to", to.id());
    tree.put("toKey", to.pem());
    tree.put("at", at.toString());
    tree.put("until", until.toString());
    return CanonicalJson.of(tree);
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static KeyHandOver read(String text) {
    JsonNode tree = CanonicalJson.read(text);
    return Written.exactly(
        text,
        () ->
            new KeyHandOver(
                VerifyingKey.ofPem(tree.path("fromKey").asText()),
                VerifyingKey.ofPem(tree.path("toKey").asText()),
                Instant.parse(tree.path("at").asText()),
                Instant.parse(tree.path("until").asText())),
        KeyHandOver::text);
  }
}
