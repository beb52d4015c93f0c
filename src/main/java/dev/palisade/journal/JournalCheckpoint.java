package dev.palisade.journal;

import dev.palisade.chain.Checkpoint;
import dev.palisade.chain.SignedCheckpoint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.hibernate.annotations.Immutable;

/** A signed state of the journal; one per entry and key at most. */
@Entity
@Immutable
@IdClass(JournalCheckpoint.Key.class)
@Table(name = "journal_checkpoint")
public class JournalCheckpoint {

  /** Which entry, and by which key. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long number;
    private String keyId;

    protected Key() {}

    public Key(long number, String keyId) {
      this.number = number;
      this.keyId = keyId;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.number == number && Objects.equals(key.keyId, keyId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(number, keyId);
    }
  }

  @Id private long number;

  @Id
  @Column(name = "key_id")
  private String keyId;

  private String hash;
  private Instant at;
  private byte[] signature;

  protected JournalCheckpoint() {}

  public JournalCheckpoint(SignedCheckpoint signed) {
    this.number = signed.checkpoint().number();
    this.keyId = signed.checkpoint().keyId();
    this.hash = signed.checkpoint().hash();
    this.at = signed.checkpoint().at();
    this.signature = HexFormat.of().parseHex(signed.signature());
  }

  public SignedCheckpoint signed() {
    return new SignedCheckpoint(
        new Checkpoint(number, hash, at, keyId), HexFormat.of().formatHex(signature));
  }
}
