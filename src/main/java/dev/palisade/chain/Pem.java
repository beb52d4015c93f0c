package dev.palisade.chain;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text form of keys (RFC 7468). */
final class Pem {

  private static final int LINE = 64;

  private Pem() {}

  static String write(String label, byte[] bytes) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static byte[] read(String label, String pem) {
    String begin = "-----BEGIN " + label + "-----";
    int start = pem.indexOf(begin);
    int end = pem.indexOf("-----END " + label + "-----");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("There is no " + begin);
    }
    return Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
  }
}
