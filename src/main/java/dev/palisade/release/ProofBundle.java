package dev.palisade.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.KeyRing;
import dev.palisade.chain.SignedStatement;
import dev.palisade.chain.Written;
import dev.palisade.core.CanonicalJson;
import java.util.ArrayList;
import java.util.List;

/**
 * All that it takes to prove a release offline, as one file of canonical JSON.
 *
 * @param record canonical text of the release's record
 * @param statements the newest one of each host that the asker may know of
 * @param approvals who approved the versions
 * @param contents canonical text of each version's content, in the order of the record
 * @param keys the portal's public keys
 */
public record ProofBundle(
    String record,
    List<SignedStatement> statements,
    SignedApprovals approvals,
    List<String> contents,
    KeyRing keys) {

  private static final String SCHEMA = "palisade.proof/1";

  /**
   * Who approved, and the portal's signature over it.
   *
   * @param signature 128 hexadecimal digits, over {@link ApprovedVersions#text()}
   */
  public record SignedApprovals(ApprovedVersions approvals, String keyId, String signature) {}

  public ProofBundle {
    statements = List.copyOf(statements);
    contents = List.copyOf(contents);
  }

  /** The file's text. */
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA).put("record", record);
    ArrayNode list = root.putArray("statements");
    statements.forEach(
        signed ->
            list.addObject()
                .put("statement", signed.statement().text())
                .put("keyId", signed.keyId())
                .put("signature", signed.signature()));
    root.putObject("approvals")
        .put("text", approvals.approvals().text())
        .put("keyId", approvals.keyId())
        .put("signature", approvals.signature());
    ArrayNode texts = root.putArray("contents");
    contents.forEach(texts::add);
    root.set("keys", keys.tree());
    return CanonicalJson.of(root) + "\n";
  }

  /**
   * Reads what {@link #json()} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ProofBundle read(String json) {
    JsonNode root = CanonicalJson.read(json);
    return Written.exactly(
        json,
        () -> {
          List<SignedStatement> statements = new ArrayList<>();
          for (JsonNode signed : root.path("statements")) {
            statements.add(
                new SignedStatement(
                    DesiredStatement.read(signed.path("statement").asText()),
                    signed.path("keyId").asText(),
                    signed.path("signature").asText()));
          }
          List<String> contents = new ArrayList<>();
          root.path("contents").forEach(content -> contents.add(content.asText()));
          JsonNode approvals = root.path("approvals");
          return new ProofBundle(
              root.path("record").asText(),
              statements,
              new SignedApprovals(
                  ApprovedVersions.read(approvals.path("text").asText()),
                  approvals.path("keyId").asText(),
                  approvals.path("signature").asText()),
              contents,
              KeyRing.read(root.path("keys")));
        },
        ProofBundle::json);
  }
}
