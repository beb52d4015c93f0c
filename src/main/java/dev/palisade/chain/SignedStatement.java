package dev.palisade.chain;

/**
 * A statement and its signature.
 *
 * @param keyId of the key that signed
 * @param signature 128 hexadecimal digits, over {@link DesiredStatement#text()}
 */
public record SignedStatement(DesiredStatement statement, String keyId, String signature) {

  /** Whether the key is the one that it names, and signed it. */
  public boolean isSignedBy(VerifyingKey key) {
    return key.id().equals(keyId) && key.verifies(statement.text(), signature);
  }
}
