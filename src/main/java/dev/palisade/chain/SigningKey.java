package dev.palisade.chain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;

/**
 * The Ed25519 key that signs checkpoints and statements. It lives in a file and never enters the
 * database.
 */
public final class SigningKey {

  static final String ALGORITHM = "Ed25519";
  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey key;
  private final VerifyingKey verifyingKey;

  private SigningKey(PrivateKey key, VerifyingKey verifyingKey) {
    this.key = key;
    this.verifyingKey = verifyingKey;
  }

  /** A new random key. */
  public static SigningKey fresh() {
    try {
      return of(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has Ed25519", e);
    }
  }

  /**
   * Reads a key as {@link #pem} or {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @throws IllegalArgumentException where the text is no Ed25519 private key
   */
  public static SigningKey ofPem(String pem) {
    try {
      PrivateKey stored =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Pem.read(LABEL, pem)));
      byte[] seed =
          ((EdECPrivateKey) stored)
              .getBytes()
              .orElseThrow(() -> new IllegalArgumentException("The key cannot be read"));
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
      SigningKey read = of(generator.generateKeyPair());
      String probe = "a public key that fits";
      if (!read.verifyingKey.verifies(probe, sign(stored, probe))) {
        throw new IllegalStateException("The public key cannot be derived on this Java platform");
      }
      return read;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Not an Ed25519 private key", e);
    }
  }

  private static SigningKey of(KeyPair pair) {
    return new SigningKey(pair.getPrivate(), new VerifyingKey(pair.getPublic()));
  }

  public String pem() {
    return Pem.write(LABEL, key.getEncoded());
  }

  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** Signs the text's UTF-8 bytes; the signature in hexadecimal digits. */
  public String sign(String text) {
    return sign(key, text);
  }

  private static String sign(PrivateKey key, String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An Ed25519 key signs anything", e);
    }
  }

  /**
   * Gives a key's own 32 bytes back, so that the platform computes the public half that belongs to
   * them: it has no other call for it.
   */
  private static final class Seed extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    private Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
