package dev.palisade.release;

import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.KeyRing;
import dev.palisade.chain.SignedStatement;
import dev.palisade.chain.SigningKey;
import dev.palisade.core.Digest;
import dev.palisade.testing.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A release of approved versions that says something else than they do. */
record Forgery(Release release) {

  /** A forged manifest, with the module and archive that it renders to. */
  static Forgery of(String manifest, Digest catalog) {
    return new Forgery(new Release(ReleaseRecord.read(manifest), catalog, Instant.now()));
  }

  /** A renderer writes settings family by family: without families the module is empty. */
  static String emptied(String manifest) {
    return manifest.replaceFirst("\"families\":\\[[^]]*],", "");
  }

  /** The manifest of what a rollout offered. */
  static String manifest(Database database, long rollout) throws SQLException {
    return database.text(
        "select r.record from release_release r join release_offer o on o.release_digest = r.digest"
            + " where o.rollout_id = "
            + rollout);
  }

  /** The statement that stores it. */
  String insert() {
    return "insert into release_release (digest, record, module, nar_hash, archive, catalog_version)"
        + " values ('%s', '%s', '%s', '%s', '\\x%s', '%s')"
            .formatted(
                release.getDigest().hex(),
                release.content().canonical().replace("'", "''"),
                release.getModule().replace("'", "''"),
                release.getNarHash(),
                HexFormat.of().formatHex(release.archive()),
                release.getCatalogVersion().hex());
  }

  /** Stores it and offers it to the hosts of a rollout, by two INSERTs. */
  void offer(Database database, long rollout) throws SQLException {
    database.run(
        insert(),
        "insert into release_offer (host_id, number, release_digest, rollout_id, offered_by)"
            + " select host_id, max(number) + 1, '%s', %d, 'operator' from release_offer"
                .formatted(release.getDigest().hex(), rollout)
            + " where rollout_id = %d group by host_id".formatted(rollout));
  }

  /** A proof of it, made from a true one and signed by the portal's own key. */
  ProofBundle proof(ProofBundle honest, SigningKey key) {
    Digest digest = release.getDigest();
    Instant now = Instant.now();
    List<SignedStatement> statements =
        honest.statements().stream()
            .map(
                signed ->
                    DesiredStatement.issued(
                            signed.statement().host(), digest, release.getNarHash(), 2, now)
                        .signedBy(key))
            .toList();
    ApprovedVersions approved = honest.approvals().approvals();
    ApprovedVersions said =
        new ApprovedVersions(
            digest,
            approved.at(),
            approved.versions(),
            approved.waivers(),
            release.getCatalogVersion());
    return new ProofBundle(
        release.content().canonical(),
        statements,
        new ProofBundle.SignedApprovals(said, key.verifyingKey().id(), key.sign(said.text())),
        honest.contents(),
        new KeyRing(key.verifyingKey(), List.of()));
  }
}
