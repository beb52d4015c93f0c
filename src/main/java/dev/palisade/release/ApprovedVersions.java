package dev.palisade.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.chain.Written;
import dev.palisade.core.CanonicalJson;
import dev.palisade.core.Digest;
import dev.palisade.profile.Decision;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Who approved the versions that a release comes from, and the waivers that it goes by, as the
 * portal says and signs it.
 *
 * @param release whose versions these are
 * @param at when it was said, to the second
 * @param versions in the order in which the release's record names them
 * @param waivers by their ids
 * @param catalog the version of the catalog by which the release was resolved
 */
public record ApprovedVersions(
    Digest release,
    Instant at,
    List<Approved> versions,
    List<ApprovedWaiver> waivers,
    Digest catalog) {

  private static final String SCHEMA = "palisade.approvals/1";

  /**
   * One version.
   *
   * @param writers the usernames of all who wrote any of it
   */
  public record Approved(VersionRef version, List<String> writers, List<Approval> approvals) {

    static Approved of(ProfileVersion version) {
      return new Approved(
          VersionRef.of(version),
          version.getWriters(),
          version.currentDecisions().stream()
              .filter(Decision::isApproves)
              .map(Approval::of)
              .toList());
    }
  }

  /**
   * One person's approval.
   *
   * @param digest the version digest that it names
   * @param emergency whether it approved the version before enough people had
   * @param byWriter whether the person wrote some of it, in single-operator mode
   */
  public record Approval(
      String person, Digest digest, Instant at, boolean emergency, boolean byWriter) {

    static Approval of(Decision decision) {
      return new Approval(
          decision.getPerson(),
          decision.getDigest(),
          decision.getDecidedAt(),
          decision.isEmergency(),
          decision.isByWriter());
    }
  }

  public ApprovedVersions {
    at = at.truncatedTo(ChronoUnit.SECONDS);
    versions = List.copyOf(versions);
    waivers = List.copyOf(waivers);
  }

  public static ApprovedVersions of(
      Release release, List<ProfileVersion> versions, List<ApprovedWaiver> waivers, Instant now) {
    return new ApprovedVersions(
        release.getDigest(),
        now,
        versions.stream().map(Approved::of).toList(),
        waivers,
        release.getCatalogVersion());
  }

  /** Canonical JSON: the very bytes that are signed. */
  public String text() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA).put("release", release.hex()).put("at", at.toString());
    ArrayNode list = root.putArray("versions");
    for (Approved one : versions) {
      ObjectNode entry =
          list.addObject()
              .put("slug", one.version().slug())
              .put("number", one.version().number())
              .put("digest", one.version().digest().hex());
      ArrayNode writers = entry.putArray("writers");
      one.writers().forEach(writers::add);
      ArrayNode approvals = entry.putArray("approvals");
      one.approvals()
          .forEach(
              approval ->
                  approvals
                      .addObject()
                      .put("person", approval.person())
                      .put("digest", approval.digest().hex())
                      .put("at", approval.at().toString())
                      .put("emergency", approval.emergency())
                      .put("byWriter", approval.byWriter()));
    }
    if (!waivers.isEmpty()) {
      ArrayNode waived = root.putArray("waivers");
      waivers.forEach(waiver -> waiver.write(waived.addObject()));
    }
    root.put("catalog", catalog.hex());
    return CanonicalJson.of(root);
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static ApprovedVersions read(String text) {
    JsonNode root = CanonicalJson.read(text);
    return Written.exactly(
        text,
        () ->
            new ApprovedVersions(
                new Digest(root.path("release").asText()),
                Instant.parse(root.path("at").asText()),
                versions(root.path("versions")),
                waivers(root.path("waivers")),
                new Digest(root.path("catalog").asText())),
        ApprovedVersions::text);
  }

  private static List<ApprovedWaiver> waivers(JsonNode list) {
    List<ApprovedWaiver> read = new ArrayList<>();
    list.forEach(entry -> read.add(ApprovedWaiver.read(entry)));
    return read;
  }

  private static List<Approved> versions(JsonNode list) {
    List<Approved> read = new ArrayList<>();
    for (JsonNode entry : list) {
      List<String> writers = new ArrayList<>();
      entry.path("writers").forEach(writer -> writers.add(writer.asText()));
      List<Approval> approvals = new ArrayList<>();
      for (JsonNode approval : entry.path("approvals")) {
        approvals.add(
            new Approval(
                approval.path("person").asText(),
                new Digest(approval.path("digest").asText()),
                Instant.parse(approval.path("at").asText()),
                approval.path("emergency").asBoolean(),
                approval.path("byWriter").asBoolean()));
      }
      read.add(
          new Approved(
              new VersionRef(
                  entry.path("slug").asText(),
                  entry.path("number").asInt(),
                  new Digest(entry.path("digest").asText())),
              writers,
              approvals));
    }
    return read;
  }
}
