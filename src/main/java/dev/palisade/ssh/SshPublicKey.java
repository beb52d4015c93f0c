package dev.palisade.ssh;

import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A public key as a {@code .pub} file of OpenSSH has it: Ed25519, ECDSA over a curve of NIST, or
 * RSA of 2,048 to 8,192 bits.
 */
public final class SshPublicKey {

  static final String ED25519 = "ssh-ed25519";
  static final String RSA = "ssh-rsa";

  private static final int ED25519_BYTES = 32;
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int LEAST_RSA_BITS = 2_048;
  private static final int MOST_RSA_BITS = 8_192;
  private static final int MOST_EXPONENT_BITS = 64;

  private final String type;
  private final byte[] blob;
  private final PublicKey key;

  private SshPublicKey(String type, byte[] blob, PublicKey key) {
    this.type = type;
    this.blob = blob;
    this.key = key;
  }

  /**
   * Reads {@code ssh-ed25519 AAAA… comment}; the comment is dropped.
   *
   * @param pointer where it stands in the input
   * @throws DomainException for any other text
   */
  public static SshPublicKey read(String pointer, @Nullable String line) {
    try {
      String text = line == null ? "" : line.strip();
      String[] words = text.split("[ \t]+", 3);
      if (words.length < 2 || text.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("Not one line of type and key");
      }
      SshPublicKey key = ofBlob(Wire.base64(words[1]));
      if (!key.type.equals(words[0])) {
        throw new IllegalArgumentException("Not the type that it names");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw DomainException.notValid(
          pointer,
          "This is no public SSH key of a kind known here: one line “ssh-ed25519 AAAA…”,"
              + " ecdsa-sha2-nistp256, -nistp384 or -nistp521, or ssh-rsa of 2048 to 8192 bits.");
    }
  }

  static SshPublicKey ofBlob(byte[] blob) {
    Wire wire = Wire.of(blob);
    String type = wire.text();
    try {
      PublicKey key =
          switch (type) {
            case ED25519 -> ed25519(wire.bytes());
            case RSA -> rsa(new BigInteger(wire.bytes()), new BigInteger(wire.bytes()));
            default ->
                NistCurve.ofType(type)
                    .orElseThrow(() -> new IllegalArgumentException("Another kind of key"))
                    .key(wire.text(), wire.bytes());
          };
      wire.end();
      return new SshPublicKey(type, blob.clone(), key);
    } catch (GeneralSecurityException | NumberFormatException e) {
      throw new IllegalArgumentException("Not a key", e);
    }
  }

  private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
    if (point.length != ED25519_BYTES) {
      throw new IllegalArgumentException("Not 32 bytes");
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + ED25519_BYTES];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static PublicKey rsa(BigInteger exponent, BigInteger modulus)
      throws GeneralSecurityException {
    if (modulus.signum() <= 0
        || exponent.signum() <= 0
        || exponent.bitLength() > MOST_EXPONENT_BITS
        || modulus.bitLength() < LEAST_RSA_BITS
        || modulus.bitLength() > MOST_RSA_BITS) {
      throw new IllegalArgumentException("Too short, too long, or no RSA key");
    }
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
  }

  /** Type and key, as {@link #read} takes them. */
  public String line() {
    return type + " " + Base64.getEncoder().encodeToString(blob);
  }

  /** As {@code ssh-keygen -l} shows it. */
  public String fingerprint() {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Digest.of(blob).bytes());
  }

  String type() {
    return type;
  }

  PublicKey key() {
    return key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SshPublicKey key && key.line().equals(line());
  }

  @Override
  public int hashCode() {
    return line().hashCode();
  }

  @Override
  public String toString() {
    return line();
  }
}
