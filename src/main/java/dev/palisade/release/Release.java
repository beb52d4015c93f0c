package dev.palisade.release;

import dev.palisade.core.Digest;
import dev.palisade.nix.ReleaseFiles;
import dev.palisade.nix.SourceTree;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.hibernate.annotations.Immutable;

/**
 * An immutable artefact, named by the digest of the record it renders from. Hosts with equal
 * resolved content share one.
 */
@Entity
@Immutable
@Table(name = "release_release")
public class Release {

  private static final String TOP_DIRECTORY = "hardening";

  @Id private String digest;

  @Column(name = "record")
  private String canonicalRecord;

  private String module;

  @Column(name = "nar_hash")
  private String narHash;

  private byte[] archive;

  @Column(name = "catalog_version")
  private String catalogVersion;

  @Column(name = "created_at")
  private Instant createdAt;

  @Transient private ReleaseRecord parsed;
  @Transient private Digest fingerprint;

  protected Release() {}

  /**
   * Renders and packs a record.
   *
   * @param catalog the digest of the catalog by which it was resolved. It stands beside the record,
   *     so that equal content stays one release when the catalog's texts change.
   */
  public Release(ReleaseRecord record, Digest catalog, Instant now) {
    this(record, record.canonical(), catalog, now);
  }

  /** The same for callers that have the record's canonical JSON at hand. */
  Release(ReleaseRecord record, String canonical, Digest catalog, Instant now) {
    this.canonicalRecord = canonical;
    this.digest = Digest.of(canonical).hex();
    this.module = record.module(digest);
    SourceTree tree = ReleaseFiles.tree(module);
    this.narHash = tree.narHash();
    this.archive = tree.tarGz(TOP_DIRECTORY);
    this.catalogVersion = catalog.hex();
    this.createdAt = now;
    this.parsed = record;
  }

  /**
   * Whether its bytes are what its record renders to. A row that somebody else wrote may name
   * approved versions and carry anything.
   */
  public boolean isWhatItsRecordSays() {
    ReleaseRecord record = content();
    String again = record.digest().hex();
    String rendered = record.module(again);
    SourceTree tree = ReleaseFiles.tree(rendered);
    return again.equals(digest)
        && rendered.equals(module)
        && tree.narHash().equals(narHash)
        && Arrays.equals(tree.tarGz(TOP_DIRECTORY), archive);
  }

  /** The digest of all its bytes as they are stored. */
  Digest fingerprint() {
    if (fingerprint == null) {
      MessageDigest sha256 = Digest.sha256();
      for (String part : List.of(digest, canonicalRecord, module, narHash, catalogVersion)) {
        sha256.update(Digest.of(part).bytes());
      }
      fingerprint = Digest.of(sha256.digest(archive));
    }
    return fingerprint;
  }

  public Digest getDigest() {
    return new Digest(digest);
  }

  public ReleaseRecord content() {
    if (parsed == null) {
      parsed = ReleaseRecord.read(canonicalRecord);
    }
    return parsed;
  }

  /** The record's canonical JSON as it is stored. */
  String canonicalRecord() {
    return canonicalRecord;
  }

  /** The text of {@code default.nix}. */
  public String getModule() {
    return module;
  }

  /** SRI hash of the tree that Nix fetches. */
  public String getNarHash() {
    return narHash;
  }

  /** The {@code .tar.gz} that Nix fetches. */
  public byte[] archive() {
    return archive.clone();
  }

  /** Its sysctls alone, as a file for {@code /etc/sysctl.d}. */
  public String sysctlConf() {
    return content().sysctlConf();
  }

  /** The digest of the catalog by which it was first resolved. */
  public Digest getCatalogVersion() {
    return new Digest(catalogVersion);
  }

  public Instant getCreatedAt() {
    return createdAt;
  }
}
