package dev.palisade.audit.verdict;

import org.jspecify.annotations.Nullable;

/** Evidence, and the bytes to store: as received, without secret values. */
public final class ReceivedEvidence {

  private final Evidence evidence;
  private final byte[] kept;
  private final @Nullable RolledBack rolledBack;

  ReceivedEvidence(Evidence evidence, byte[] kept) {
    this(evidence, kept, null);
  }

  ReceivedEvidence(Evidence evidence, byte[] kept, @Nullable RolledBack rolledBack) {
    this.evidence = evidence;
    this.kept = kept.clone();
    this.rolledBack = rolledBack;
  }

  public Evidence evidence() {
    return evidence;
  }

  /** That the host went back by itself, or null. */
  public @Nullable RolledBack rolledBack() {
    return rolledBack;
  }

  public byte[] kept() {
    return kept.clone();
  }
}
