package dev.palisade.rollout;

import dev.palisade.audit.LockOut;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** That somebody let a host take part although people may be locked out of it, and why. */
@Embeddable
public class LetThrough {

  @Column(name = "let_through_by")
  private String by;

  @Column(name = "let_through_at")
  private Instant at;

  @Column(name = "let_through_reason")
  private String reason;

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "let_through_risks")
  private List<LockOut> risks;

  protected LetThrough() {}

  LetThrough(String by, Instant at, String reason, List<LockOut> risks) {
    this.by = by;
    this.at = at;
    this.reason = reason;
    this.risks = List.copyOf(risks);
  }

  /** Whether the person accepted all of these; what was seen beside them may differ. */
  boolean covers(List<LockOut> others) {
    return others.stream()
        .allMatch(
            other ->
                risks.stream()
                    .anyMatch(
                        risk ->
                            risk.setting().equals(other.setting())
                                && risk.what().equals(other.what())));
  }

  /** The username. */
  public String getBy() {
    return by;
  }

  public Instant getAt() {
    return at;
  }

  public String getReason() {
    return reason;
  }

  /** What the person accepted. */
  public List<LockOut> getRisks() {
    return List.copyOf(risks);
  }
}
