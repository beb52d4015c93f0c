package dev.palisade.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The binary form of RFC 4251: strings with a length of four bytes before them. */
final class Wire {

  private final ByteBuffer rest;

  private Wire(byte[] bytes) {
    this.rest = ByteBuffer.wrap(bytes);
  }

  static Wire of(byte[] bytes) {
    return new Wire(bytes);
  }

  /**
   * Reads base64 without line breaks, in its only spelling.
   *
   * @throws IllegalArgumentException for anything else
   */
  static byte[] base64(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("Base64 in another spelling");
    }
    return bytes;
  }

  /** The next string. */
  byte[] bytes() {
    int length = number();
    if (length < 0 || length > rest.remaining()) {
      throw new IllegalArgumentException("A part is longer than what is there");
    }
    return raw(length);
  }

  String text() {
    return new String(bytes(), StandardCharsets.ISO_8859_1);
  }

  int number() {
    if (rest.remaining() < Integer.BYTES) {
      throw new IllegalArgumentException("It ends early");
    }
    return rest.getInt();
  }

  /** The next bytes without a length. */
  byte[] raw(int length) {
    if (length > rest.remaining()) {
      throw new IllegalArgumentException("It ends early");
    }
    byte[] bytes = new byte[length];
    rest.get(bytes);
    return bytes;
  }

  /** Refuses whatever follows. */
  void end() {
    if (rest.hasRemaining()) {
      throw new IllegalArgumentException("Something follows its end");
    }
  }

  /** Strings one after another. */
  static byte[] strings(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
