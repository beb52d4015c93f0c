package dev.palisade.account;

import dev.palisade.core.DomainException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as they are stored: {@code pbkdf2-sha512:iterations:salt:hash}, so that the cost can
 * rise without locking anybody out. 210,000 iterations is the OWASP recommendation for HMAC-SHA512.
 */
public final class Password {

  private static final String SCHEME = "pbkdf2-sha512";
  private static final int ITERATIONS = 210_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 512;
  private static final int LEAST = 10;
  private static final int MOST = 1_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Stands in for the password of a user who does not exist, so that both cost the same time. */
  private static final String NOBODY = hash("nobody has this password");

  private Password() {}

  /**
   * Hashes a new password.
   *
   * @throws DomainException unless it has 10 to 1,000 characters
   */
  static String hash(String password) {
    if (password == null || password.length() < LEAST || password.length() > MOST) {
      throw DomainException.notValid(
          "/password", "A password has " + LEAST + " to " + MOST + " characters.");
    }
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return String.join(
        ":",
        SCHEME,
        String.valueOf(ITERATIONS),
        Base64.getEncoder().encodeToString(salt),
        Base64.getEncoder().encodeToString(derive(password, salt, ITERATIONS)));
  }

  /**
   * Whether this is the password, in the same time whether or not there is a hash.
   *
   * @param stored what {@link #hash} returned, or null where the user is unknown
   */
  public static boolean matches(String password, String stored) {
    String[] parts = (stored == null ? NOBODY : stored).split(":", -1);
    byte[] expected = Base64.getDecoder().decode(parts[3]);
    byte[] actual =
        derive(
            password.length() > MOST ? "" : password,
            Base64.getDecoder().decode(parts[2]),
            Integer.parseInt(parts[1]));
    return MessageDigest.isEqual(expected, actual) && stored != null;
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
