package dev.palisade.audit.verdict;

/** Evidence, and the bytes to store: as received, without secret values. */
public final class ReceivedEvidence {

  private final Evidence evidence;
  private final byte[] kept;

  ReceivedEvidence(Evidence evidence, byte[] kept) {
    this.evidence = evidence;
    this.kept = kept.clone();
  }

  public Evidence evidence() {
    return evidence;
  }

  public byte[] kept() {
    return kept.clone();
  }
}
