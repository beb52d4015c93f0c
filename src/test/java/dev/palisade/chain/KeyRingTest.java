package dev.palisade.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.core.CanonicalJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant ENDED = NOON.plus(KeyHandOver.OVERLAP);
  private static final SigningKey OLD = SigningKey.fresh();
  private static final SigningKey PRESENT = SigningKey.fresh();
  private static final SigningKey LATER = SigningKey.fresh();
  private static final SignedHandOver FIRST = KeyHandOver.now(OLD, PRESENT, NOON);
  private static final SignedHandOver SECOND =
      KeyHandOver.now(PRESENT, LATER, NOON.plus(Duration.ofDays(30)));

  private static KeyRing ring(SigningKey current, SignedHandOver... handOvers) {
    return new KeyRing(current.verifyingKey(), List.of(handOvers));
  }

  private static boolean trusts(KeyRing ring, SigningKey pinned, SigningKey other, Instant now) {
    return ring.trusted(pinned.verifyingKey(), other.verifyingKey().id(), now).isPresent();
  }

  @Test
  void whoTrustsAKeyTrustsTheOneToWhichItHandedOver() {
    KeyRing ring = ring(LATER, FIRST, SECOND);
    Instant soon = NOON.plus(Duration.ofDays(31));
    assertThat(trusts(ring, OLD, OLD, soon)).isTrue();
    assertThat(trusts(ring, OLD, PRESENT, soon)).isTrue();
    assertThat(trusts(ring, OLD, LATER, soon)).isTrue();
    assertThat(trusts(ring, PRESENT, LATER, soon)).isTrue();
  }

  @Test
  void noKeyIsTrustedByTheOneThatCameAfterIt() {
    assertThat(trusts(ring(PRESENT, FIRST), PRESENT, OLD, NOON)).isFalse();
    assertThat(trusts(ring(PRESENT, FIRST), LATER, PRESENT, NOON)).isFalse();
  }

  @Test
  void theWordOfAnOutgoingKeyCountsUntilTheOverlapEnds() {
    KeyRing ring = ring(PRESENT, FIRST);
    assertThat(trusts(ring, OLD, PRESENT, ENDED.minusSeconds(1))).isTrue();
    assertThat(trusts(ring, OLD, PRESENT, ENDED)).isFalse();
    assertThat(ring.at(ENDED.minusSeconds(1)).handOvers()).containsExactly(FIRST);
    assertThat(ring.at(ENDED).handOvers()).isEmpty();
  }

  @Test
  void aHandOverThatAnotherKeySignedIsNone() {
    SignedHandOver forged =
        new SignedHandOver(
            new KeyHandOver(
                OLD.verifyingKey(), LATER.verifyingKey(), NOON, NOON.plus(KeyHandOver.OVERLAP)),
            LATER.sign(FIRST.handOver().text()));
    assertThat(trusts(ring(LATER, forged), OLD, LATER, NOON)).isFalse();
    SignedHandOver longer =
        new SignedHandOver(
            new KeyHandOver(
                OLD.verifyingKey(), PRESENT.verifyingKey(), NOON, ENDED.plusSeconds(60)),
            FIRST.signature());
    assertThat(trusts(ring(PRESENT, longer), OLD, PRESENT, NOON)).isFalse();
  }

  /** The way that a rotation took which was broken off, and begun again. */
  @Test
  void anotherKeyToWhichTheSameOneHandedOverIsTrustedToo() {
    KeyRing ring =
        ring(LATER, FIRST, KeyHandOver.now(OLD, LATER, NOON.plus(Duration.ofMinutes(1))));
    assertThat(trusts(ring, OLD, LATER, NOON.plus(Duration.ofDays(1)))).isTrue();
  }

  @Test
  void isReadAsItWasWrittenAndInNoOtherForm() {
    KeyRing ring = ring(LATER, FIRST, SECOND);
    assertThat(CanonicalJson.of(KeyRing.read(ring.tree()).tree()))
        .isEqualTo(CanonicalJson.of(ring.tree()));
    ObjectNode more = ring.tree().put("more", 1);
    assertThatThrownBy(() -> KeyRing.read(more)).isInstanceOf(IllegalArgumentException.class);
    ObjectNode without = ring.tree();
    without.remove("outgoing");
    assertThatThrownBy(() -> KeyRing.read(without)).isInstanceOf(IllegalArgumentException.class);
    assertThat(ring.find(OLD.verifyingKey().id())).isPresent();
    assertThat(ring.find("0".repeat(16))).isEmpty();
  }

  @Test
  void theFileIsReadAgainWhenItHasChanged(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), OLD.pem());
    Files.setLastModifiedTime(file, FileTime.from(NOON));
    KeyFile keys = new KeyFile(file);
    assertThat(keys.read().ring().current().id()).isEqualTo(OLD.verifyingKey().id());
    assertThat(keys.read()).isSameAs(keys.read());
    Files.writeString(KeyFile.handOversBeside(file), KeyFile.line(FIRST));
    Files.writeString(file, PRESENT.pem());
    assertThat(keys.read().ring().current().id()).isEqualTo(PRESENT.verifyingKey().id());
    assertThat(trusts(keys.read().ring(), OLD, PRESENT, NOON)).isTrue();
  }
}
