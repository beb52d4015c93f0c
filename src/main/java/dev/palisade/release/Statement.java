package dev.palisade.release;

import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.SignedStatement;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import org.hibernate.annotations.Immutable;

/** What a host was told to run, signed. An offer has one at once, and a further one as it ages. */
@Entity
@Immutable
@Table(name = "release_statement")
public class Statement {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @SuppressWarnings("unused") // written for the foreign key
  @ManyToOne(optional = false)
  @JoinColumn(name = "offer_id")
  private Offer offer;

  @SuppressWarnings("unused") // read by queries and by the guard in the database
  @Column(name = "issued_at")
  private Instant issuedAt;

  @SuppressWarnings("unused") // read by queries and by the guard in the database
  @Column(name = "expires_at")
  private Instant expiresAt;

  private String statement;

  @Column(name = "key_id")
  private String keyId;

  private byte[] signature;

  protected Statement() {}

  public Statement(Offer offer, SignedStatement signed) {
    this.offer = offer;
    this.issuedAt = signed.statement().issuedAt();
    this.expiresAt = signed.statement().expiresAt();
    this.statement = signed.statement().text();
    this.keyId = signed.keyId();
    this.signature = HexFormat.of().parseHex(signed.signature());
  }

  public SignedStatement signed() {
    return new SignedStatement(
        DesiredStatement.read(statement), keyId, HexFormat.of().formatHex(signature));
  }
}
