package dev.palisade.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public side of the portal's keys: the one that signs now, and how the ones before it handed
 * over, oldest first.
 */
public record KeyRing(VerifyingKey current, List<SignedHandOver> handOvers) {

  private static final String SCHEMA = "palisade.keys/1";

  public KeyRing {
    handOvers = List.copyOf(handOvers);
  }

  /** The key with this id, which signs now or handed over at some time. */
  public Optional<VerifyingKey> find(String keyId) {
    if (current.id().equals(keyId)) {
      return Optional.of(current);
    }
    return handOvers.stream()
        .map(signed -> signed.handOver().from())
        .filter(key -> key.id().equals(keyId))
        .findFirst();
  }

  /** The same ring without the words of outgoing keys that count no more. */
  public KeyRing at(Instant now) {
    return new KeyRing(current, handOvers.stream().filter(s -> s.counts(now)).toList());
  }

  /**
   * The key with this id, when who trusts the pinned one may trust it: it is that one, or the one
   * to which that one handed over, and so on, as long as each word counts.
   */
  public Optional<VerifyingKey> trusted(VerifyingKey pinned, String keyId, Instant now) {
    List<VerifyingKey> trusted = new ArrayList<>(List.of(pinned));
    for (SignedHandOver signed : handOvers) {
      String from = signed.handOver().from().id();
      if (trusted.stream().anyMatch(key -> key.id().equals(from)) && signed.counts(now)) {
        trusted.add(signed.handOver().to());
      }
    }
    return trusted.stream().filter(key -> key.id().equals(keyId)).findFirst();
  }

  /** As JSON: {@code schema, keyId, publicKey, outgoing[], handOvers[]}. */
  public ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("schema", SCHEMA);
    tree.put("keyId", current.id());
    tree.put("publicKey", current.pem());
    ArrayNode outgoing = tree.putArray("outgoing");
    ArrayNode words = tree.putArray("handOvers");
    for (SignedHandOver signed : handOvers) {
      outgoing
          .addObject()
          .put("keyId", signed.handOver().from().id())
          .put("publicKey", signed.handOver().from().pem())
          .put("until", signed.handOver().until().toString());
      words.add(signed.tree());
    }
    return tree;
  }

  /**
   * Reads what {@link #tree()} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static KeyRing read(JsonNode tree) {
    return Written.exactly(
        CanonicalJson.of(tree),
        () ->
            new KeyRing(
                VerifyingKey.ofPem(tree.path("publicKey").asText()),
                handOvers(tree.path("handOvers"))),
        ring -> CanonicalJson.of(ring.tree()));
  }

  static List<SignedHandOver> handOvers(JsonNode list) {
    List<SignedHandOver> read = new ArrayList<>();
    list.forEach(node -> read.add(SignedHandOver.read(node)));
    return read;
  }
}
