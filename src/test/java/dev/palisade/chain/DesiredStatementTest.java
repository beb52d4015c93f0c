package dev.palisade.chain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.core.Digest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DesiredStatementTest {

  private static final SigningKey KEY = SigningKey.fresh();
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.987654Z");
  private static final String RELEASE = "ab".repeat(32);
  private static final DesiredStatement ATLAS =
      DesiredStatement.issued("atlas", new Digest(RELEASE), "sha256-AAAA", 7, NOON);

  @Test
  void isSignedInItsCanonicalForm() {
    assertThat(ATLAS.text())
        .isEqualTo(
            "{\"expiresAt\":\"2026-12-08T12:00:00Z\",\"host\":\"atlas\","
                + "\"issuedAt\":\"2026-11-24T12:00:00Z\",\"narHash\":\"sha256-AAAA\",\"number\":7,"
                + "\"release\":\""
                + RELEASE
                + "\",\"schema\":\"palisade.statement/1\"}");
    assertThat(DesiredStatement.read(ATLAS.text())).isEqualTo(ATLAS);
    assertThat(ATLAS.signedBy(KEY).isSignedBy(KEY.verifyingKey())).isTrue();
  }

  @Test
  void leavesAHostHalfItsLifeToHearOfTheNextOne() {
    assertThat(DesiredStatement.HALF_LIFE.multipliedBy(2)).isEqualTo(DesiredStatement.LIFETIME);
    assertThat(KeyHandOver.OVERLAP).isGreaterThan(DesiredStatement.LIFETIME);
  }

  @Test
  void anyOtherByteIsNotWhatWasSigned() {
    byte[] text = ATLAS.text().getBytes(ISO_8859_1);
    String signature = ATLAS.signedBy(KEY).signature();
    for (int at = 0; at < text.length; at++) {
      byte[] flipped = text.clone();
      flipped[at] ^= 1;
      assertThat(KEY.verifyingKey().verifies(new String(flipped, ISO_8859_1), signature))
          .as("byte %d", at)
          .isFalse();
    }
  }

  @Test
  void anyOtherByteOfTheSignatureIsNone() {
    SignedStatement signed = ATLAS.signedBy(KEY);
    for (int at = 0; at < signed.signature().length(); at++) {
      StringBuilder flipped = new StringBuilder(signed.signature());
      flipped.setCharAt(at, flipped.charAt(at) == '0' ? '1' : '0');
      assertThat(
              new SignedStatement(ATLAS, signed.keyId(), flipped.toString())
                  .isSignedBy(KEY.verifyingKey()))
          .isFalse();
    }
    assertThat(
            new SignedStatement(ATLAS, "0".repeat(16), signed.signature())
                .isSignedBy(KEY.verifyingKey()))
        .isFalse();
    assertThat(signed.isSignedBy(SigningKey.fresh().verifyingKey())).isFalse();
  }

  @Test
  void whatMerelyMeansTheSameIsNotRead() {
    for (String text :
        List.of(
            ATLAS.text() + " ",
            ATLAS.text().replace("7,", "7.0,"),
            ATLAS.text().replace("00Z\",\"host", "00.0Z\",\"host"),
            ATLAS.text().replace("\"number\":7,", ""),
            ATLAS.text().replace("statement/1", "statement/2"),
            ATLAS.text().replace("{", "{\"a\":1,"),
            "{}",
            "[]",
            "")) {
      assertThatThrownBy(() -> DesiredStatement.read(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
