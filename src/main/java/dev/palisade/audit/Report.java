package dev.palisade.audit;

import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.JsonEvidence;
import dev.palisade.audit.verdict.SysctlDump;
import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hibernate.annotations.Immutable;

/** Evidence as it was received, without secret values. Never changed; verdicts are derived. */
@Entity
@Immutable
@Table(name = "audit_report")
public class Report {

  /** In which form evidence came. */
  public enum Format {
    JSON("json"),
    SYSCTL("sysctl");

    private final String code;

    Format(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "host_id")
  private Host host;

  @Column(name = "evidence_id")
  private String evidenceId;

  private String format;

  @Column(name = "received_at")
  private Instant receivedAt;

  @Column(name = "collected_at")
  private Instant collectedAt;

  @Column(name = "content_digest")
  private String contentDigest;

  private byte[] evidence;
  private String kernel;
  private String nixos;

  @Column(name = "release_digest")
  private String releaseDigest;

  @Column(name = "values_read")
  private int valuesRead;

  private int unreadable;

  @Column(name = "dropped_secrets")
  private int droppedSecrets;

  @Column(name = "signed_by")
  private String signedBy;

  protected Report() {}

  /**
   * A report by a host.
   *
   * @param evidenceId names it for this host: the same evidence again is the same report
   * @param kept the bytes to store
   * @param signedBy the fingerprint of the key whose signature was verified, or null
   */
  public Report(
      Host host,
      String evidenceId,
      Format format,
      Evidence read,
      Digest content,
      byte[] kept,
      String signedBy,
      Instant now) {
    this.host = host;
    this.evidenceId = evidenceId;
    this.format = format.code();
    this.receivedAt = now;
    this.collectedAt = read.collectedAt();
    this.contentDigest = content.hex();
    this.evidence = zipped(kept);
    this.kernel = read.kernel();
    this.nixos = read.nixos();
    this.releaseDigest = read.release();
    this.valuesRead = read.sysctl().size();
    this.unreadable = read.unreadable().size();
    this.droppedSecrets = read.droppedSecrets();
    this.signedBy = signedBy;
  }

  /** The evidence as received, without secret values. */
  public byte[] body() {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(evidence))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The evidence, read again from what was kept. */
  public Evidence read() {
    return getFormat() == Format.JSON ? JsonEvidence.again(body()) : SysctlDump.again(body());
  }

  private static byte[] zipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public Long getId() {
    return id;
  }

  public Host getHost() {
    return host;
  }

  public String getEvidenceId() {
    return evidenceId;
  }

  /** Whether it is a dump of sysctls, which cannot speak of anything else. */
  boolean isDump() {
    return getFormat() == Format.SYSCTL;
  }

  public Format getFormat() {
    return format.equals(Format.JSON.code()) ? Format.JSON : Format.SYSCTL;
  }

  /** By the portal's clock, which decides. */
  public Instant getReceivedAt() {
    return receivedAt;
  }

  /** By the host's clock, or null. */
  public Instant getCollectedAt() {
    return collectedAt;
  }

  public Digest getContentDigest() {
    return new Digest(contentDigest);
  }

  public String getKernel() {
    return kernel;
  }

  public String getNixos() {
    return nixos;
  }

  /** The release that the host says it runs, or null. */
  public String getReleaseDigest() {
    return releaseDigest;
  }

  public int getValuesRead() {
    return valuesRead;
  }

  public int getUnreadable() {
    return unreadable;
  }

  public int getDroppedSecrets() {
    return droppedSecrets;
  }

  /** The fingerprint of the pinned key that signed it, or null where none was pinned. */
  public String getSignedBy() {
    return signedBy;
  }
}
