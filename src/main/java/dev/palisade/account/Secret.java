package dev.palisade.account;

import dev.palisade.core.Digest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token at the one moment at which it is known in clear: shown once, stored as {@link #hash()}.
 *
 * @param text the prefix and 32 random bytes in base64url
 */
public record Secret(String text) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A fresh secret.
   *
   * @param prefix tells people and scanners what it is: {@code ph_} for hosts, {@code pd_} for
   *     delivery, {@code pu_} for people
   */
  public static Secret fresh(String prefix) {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What is stored: 256 random bits need no slow hash. */
  public byte[] hash() {
    return Digest.of(text).bytes();
  }

  @Override
  public String toString() {
    return "Secret";
  }
}
