package dev.palisade.chain;

import dev.palisade.core.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The public half of a {@link SigningKey}: whoever has it can check what was signed. */
public final class VerifyingKey {

  private static final int ID_DIGITS = 16;
  private static final String LABEL = "PUBLIC KEY";

  private final PublicKey key;

  VerifyingKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a key as {@code openssl pkey -pubout} writes it.
   *
   * @throws IllegalArgumentException where the text is no Ed25519 public key
   */
  public static VerifyingKey ofPem(String pem) {
    try {
      byte[] bytes = Pem.read(LABEL, pem);
      return new VerifyingKey(
          KeyFactory.getInstance(SigningKey.ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(bytes)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 public key", e);
    }
  }

  public String pem() {
    return Pem.write(LABEL, key.getEncoded());
  }

  /** The first sixteen digits of the SHA-256 of the key's encoding. */
  public String id() {
    return Digest.of(key.getEncoded()).hex().substring(0, ID_DIGITS);
  }

  /**
   * Whether this key's private half signed the text.
   *
   * @param signature in lower-case hexadecimal digits; another spelling of the same bytes is none
   */
  public boolean verifies(String text, String signature) {
    try {
      Signature check = Signature.getInstance(SigningKey.ALGORITHM);
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      byte[] bytes = HexFormat.of().parseHex(signature);
      return HexFormat.of().formatHex(bytes).equals(signature) && check.verify(bytes);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
