package dev.palisade.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What one host is to run, as it is signed. Numbers rise per host, so an older release that is
 * offered again has a newer number; who follows statements takes no number below the last one, none
 * that has expired, and none that names another host.
 *
 * @param narHash SRI hash of the tree that Nix fetches
 * @param issuedAt to the second
 * @param expiresAt to the second; from then on it says nothing
 */
public record DesiredStatement(
    String host, Digest release, String narHash, int number, Instant issuedAt, Instant expiresAt) {

  /** How long a statement holds. */
  public static final Duration LIFETIME = Duration.ofDays(14);

  /** After this time it is signed again, so that a host has the other half to hear of it. */
  public static final Duration HALF_LIFE = LIFETIME.dividedBy(2);

  private static final String SCHEMA = "palisade.statement/1";

  public DesiredStatement {
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A statement that holds from now on for {@link #LIFETIME}. */
  public static DesiredStatement issued(
      String host, Digest release, String narHash, int number, Instant now) {
    return new DesiredStatement(host, release, narHash, number, now, now.plus(LIFETIME));
  }

  /** Canonical JSON: the very bytes that are signed. */
  public String text() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("host", host);
    tree.put("release", release.hex());
    tree.put("narHash", narHash);
    tree.put("number", number);
    tree.put("issuedAt", issuedAt.toString());
    tree.put("expiresAt", expiresAt.toString());
    return CanonicalJson.of(tree);
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static DesiredStatement read(String text) {
    JsonNode tree = CanonicalJson.read(text);
    return Written.exactly(
        text,
        () ->
            new DesiredStatement(
                tree.path("host").asText(),
                new Digest(tree.path("release").asText()),
                tree.path("narHash").asText(),
                tree.path("number").asInt(),
                Instant.parse(tree.path("issuedAt").asText()),
                Instant.parse(tree.path("expiresAt").asText())),
        DesiredStatement::text);
  }

  /** This statement under a key's signature. */
  public SignedStatement signedBy(SigningKey key) {
    return new SignedStatement(this, key.verifyingKey().id(), key.sign(text()));
  }
}
