package dev.palisade.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;

/**
 * What {@code ssh-keygen -Y sign} writes between its armour lines: version 1 of the SSHSIG format,
 * by a key that {@link SshPublicKey} knows, over SHA-512 or SHA-256 of the message.
 */
public final class SshSignature {

  private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private final SshPublicKey key;
  private final String namespace;
  private final String hash;
  private final String algorithm;
  private final byte[] signature;

  private SshSignature(
      SshPublicKey key, String namespace, String hash, String algorithm, byte[] signature) {
    this.key = key;
    this.namespace = namespace;
    this.hash = hash;
    this.algorithm = algorithm;
    this.signature = signature;
  }

  /**
   * Reads a signature.
   *
   * @param base64 without armour and line breaks
   * @throws IllegalArgumentException for anything that is no such signature
   */
  public static SshSignature read(String base64) {
    Wire wire = Wire.of(Wire.base64(base64));
    if (!MessageDigest.isEqual(wire.raw(MAGIC.length), MAGIC) || wire.number() != VERSION) {
      throw new IllegalArgumentException("Not an SSH signature");
    }
    SshPublicKey key = SshPublicKey.ofBlob(wire.bytes());
    String namespace = wire.text();
    if (wire.bytes().length > 0) {
      throw new IllegalArgumentException("The reserved part holds something");
    }
    String hash =
        switch (wire.text()) {
          case "sha256" -> "SHA-256";
          case "sha512" -> "SHA-512";
          default -> throw new IllegalArgumentException("Another hash");
        };
    Wire inner = Wire.of(wire.bytes());
    wire.end();
    String format = inner.text();
    byte[] signature = inner.bytes();
    inner.end();
    return new SshSignature(
        key,
        namespace,
        hash,
        algorithm(key, format),
        NistCurve.ofType(format).map(curve -> curve.joined(signature)).orElse(signature));
  }

  private static String algorithm(SshPublicKey key, String format) {
    return switch (key.type() + " " + format) {
      case "ssh-ed25519 ssh-ed25519" -> "Ed25519";
      case "ssh-rsa rsa-sha2-256" -> "SHA256withRSA";
      case "ssh-rsa rsa-sha2-512" -> "SHA512withRSA";
      default ->
          NistCurve.ofType(format)
              .filter(curve -> key.type().equals(format))
              .map(NistCurve::algorithm)
              .orElseThrow(
                  () -> new IllegalArgumentException("Another signature than its key makes"));
    };
  }

  /** Whether this very key signed this very message for this purpose. */
  public boolean isBy(SshPublicKey expected, String purpose, byte[] message) {
    if (!key.equals(expected) || !namespace.equals(purpose)) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(algorithm);
      check.initVerify(expected.key());
      check.update(MAGIC);
      check.update(
          Wire.strings(
              namespace.getBytes(StandardCharsets.ISO_8859_1),
              new byte[0],
              hash.replace("-", "")
                  .toLowerCase(java.util.Locale.ROOT)
                  .getBytes(StandardCharsets.US_ASCII),
              MessageDigest.getInstance(hash).digest(message)));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
