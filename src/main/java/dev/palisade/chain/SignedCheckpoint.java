package dev.palisade.chain;

/**
 * A checkpoint and its signature.
 *
 * @param signature 128 hexadecimal digits
 */
public record SignedCheckpoint(Checkpoint checkpoint, String signature) {

  /** Whether the key is the one that it names, and signed it. */
  public boolean isSignedBy(VerifyingKey key) {
    return key.id().equals(checkpoint.keyId()) && key.verifies(checkpoint.text(), signature);
  }
}
