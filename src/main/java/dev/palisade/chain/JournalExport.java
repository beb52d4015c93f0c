package dev.palisade.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The journal as a file: one line of canonical JSON per entry, and the signed checkpoint with its
 * public key as the last one. Every byte counts: what is not exactly what {@link #entry} and {@link
 * #checkpoint} write does not verify.
 */
public final class JournalExport {

  private static final int LONGEST_LINE = 16 * 1024 * 1024;
  private static final String ENTRY = "{\"content\":";
  private static final String CHECKPOINT = "{\"checkpoint\":";

  private JournalExport() {}

  /**
   * What was proven.
   *
   * @param head the last entry, which the checkpoint signs
   * @param keyId of the key that signed
   */
  public record Proof(ChainHead head, String keyId) {}

  /** An entry's line, with its end. */
  public static String entry(String content, String hash) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("content", content);
    line.put("hash", hash);
    return CanonicalJson.of(line) + "\n";
  }

  /** The last line, with its end; hand-overs stand in it where there were any. */
  public static String checkpoint(SignedCheckpoint signed, KeyRing keys) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.set("checkpoint", signed.checkpoint().tree());
    line.put("publicKey", keys.current().pem());
    if (!keys.handOvers().isEmpty()) {
      ArrayNode words = line.putArray("handOvers");
      keys.handOvers().forEach(word -> words.add(word.tree()));
    }
    line.put("signature", signed.signature());
    return CanonicalJson.of(line) + "\n";
  }

  /**
   * Proves a file from its first byte to its last.
   *
   * @param trusted the key that must have signed, or that handed over to the one that did; null to
   *     take the one in the file
   * @param now the time at which the words of outgoing keys must count
   * @throws BrokenChain the first entry that is not as it was exported
   */
  public static Proof verify(InputStream file, @Nullable VerifyingKey trusted, Instant now)
      throws IOException, BrokenChain {
    InputStream bytes = new BufferedInputStream(file);
    ChainWalk walk = new ChainWalk();
    String line = line(bytes);
    if (line == null) {
      throw new BrokenChain(1, "it is missing: the file is empty");
    }
    for (String next = line(bytes); next != null; next = line(bytes)) {
      takeEntry(line, walk);
      line = next;
    }
    if (line.startsWith(ENTRY)) {
      takeEntry(line, walk);
      throw new BrokenChain(walk.head().number(), "no signed checkpoint follows it");
    }
    return new Proof(walk.head(), signer(line, walk.head(), trusted, now));
  }

  private static void takeEntry(String line, ChainWalk walk) throws BrokenChain {
    JsonNode entry = tree(line);
    String content = entry.path("content").asText();
    String hash = entry.path("hash").asText();
    if (!entry(content, hash).equals(line + "\n")) {
      throw new BrokenChain(walk.head().number() + 1, "its line is not as the portal writes one");
    }
    walk.next(content, hash);
  }

  private static String signer(
      String line, ChainHead head, @Nullable VerifyingKey trusted, Instant now) throws BrokenChain {
    if (!line.startsWith(CHECKPOINT)) {
      throw new BrokenChain(head.number() + 1, "its line is not as the portal writes one");
    }
    long number = Math.max(1, head.number());
    JsonNode last = tree(line);
    SignedCheckpoint signed;
    KeyRing keys;
    try {
      JsonNode state = last.path("checkpoint");
      signed =
          new SignedCheckpoint(
              new Checkpoint(
                  state.path("number").asLong(),
                  state.path("hash").asText(),
                  Instant.parse(state.path("at").asText()),
                  state.path("keyId").asText()),
              last.path("signature").asText());
      keys =
          new KeyRing(
              VerifyingKey.ofPem(last.path("publicKey").asText()),
              KeyRing.handOvers(last.path("handOvers")));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new BrokenChain(number, "the checkpoint after it is not as the portal writes one");
    }
    if (!checkpoint(signed, keys).equals(line + "\n")) {
      throw new BrokenChain(number, "the checkpoint after it is not as the portal writes one");
    }
    VerifyingKey key = keys.current();
    if (!signed.isSignedBy(key)) {
      throw new BrokenChain(number, "the checkpoint after it does not have its key's signature");
    }
    Checkpoint checkpoint = signed.checkpoint();
    if (checkpoint.number() > head.number()) {
      throw new BrokenChain(
          head.number() + 1, "it is missing: the checkpoint signs entry " + checkpoint.number());
    }
    if (!new ChainHead(checkpoint.number(), checkpoint.hash()).equals(head)) {
      throw new BrokenChain(number, "the checkpoint after it signs another entry");
    }
    if (trusted != null && keys.trusted(trusted, key.id(), now).isEmpty()) {
      throw new BrokenChain(
          number, "it is signed by key " + key.id() + ", not by the trusted " + trusted.id());
    }
    return key.id();
  }

  private static JsonNode tree(String line) {
    try {
      return CanonicalJson.read(line);
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * The next line without its end; empty where no line as we write one stands there; null at the
   * end of the file.
   */
  private static @Nullable String line(InputStream bytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = bytes.read();
    if (b < 0) {
      return null;
    }
    for (; b != '\n'; b = bytes.read()) {
      if (b < 0 || line.size() == LONGEST_LINE) {
        return "";
      }
      line.write(b);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }
}
