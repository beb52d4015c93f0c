package dev.palisade.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class JournalExportTest {

  private static final SigningKey KEY = SigningKey.fresh();
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456789Z");

  private static ChainEntry entry(long number, String text, String previous) {
    return new ChainEntry(
        number,
        NOON.plusSeconds(number),
        "person",
        "approver",
        "version.approved",
        "version",
        text,
        Map.of("digest", text, "count", number, "share", 0.5),
        previous);
  }

  /** An export as the portal writes it, line by line. */
  private static List<String> lines(List<String> objects, SigningKey key) {
    List<String> lines = new ArrayList<>();
    ChainHead head = ChainHead.START;
    for (String object : objects) {
      ChainEntry entry = entry(head.number() + 1, object, head.hash());
      lines.add(JournalExport.entry(entry.content(), entry.hash()));
      head = new ChainHead(entry.number(), entry.hash());
    }
    Checkpoint checkpoint =
        new Checkpoint(head.number(), head.hash(), NOON, key.verifyingKey().id());
    lines.add(
        JournalExport.checkpoint(
            checkpoint.signedBy(key), new KeyRing(key.verifyingKey(), List.of())));
    return lines;
  }

  private static List<String> some() {
    return lines(List.of("homelab-lan v1", "“quoted” \"text\"\n", "", "\uD83E\uDD94"), KEY);
  }

  private static JournalExport.Proof verify(byte[] file) throws IOException, BrokenChain {
    return JournalExport.verify(new ByteArrayInputStream(file), KEY.verifyingKey(), NOON);
  }

  private static byte[] file(List<String> lines) {
    return String.join("", lines).getBytes(UTF_8);
  }

  private static BrokenChain broken(List<String> lines) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        BrokenChain.class, () -> verify(file(lines)));
  }

  @Test
  void anEntryIsHashedInItsCanonicalForm() {
    assertThat(entry(1, "homelab-lan v1", ChainHead.START.hash()).content())
        .isEqualTo(
            "{\"act\":\"version.approved\",\"actor\":\"approver\",\"actorKind\":\"person\","
                + "\"at\":\"2026-11-24T12:00:01.123456Z\","
                + "\"detail\":{\"count\":1,\"digest\":\"homelab-lan v1\",\"share\":0.5},\"number\":1,"
                + "\"object\":\"homelab-lan v1\",\"objectKind\":\"version\",\"previous\":\""
                + "0".repeat(64)
                + "\"}");
  }

  @Test
  void whatDiffersIsNamed() {
    ChainEntry entry = entry(7, "web", "0".repeat(64));
    assertThat(entry.differences(ChainEntry.read(entry.content()))).isEmpty();
    assertThat(entry.differences(entry(8, "db", "1".repeat(64))))
        .containsExactlyInAnyOrder("number", "at", "object", "detail", "previous");
  }

  @Property(tries = 200)
  void whatWasExportedVerifies(@ForAll("objects") List<String> objects) throws Exception {
    List<String> lines = lines(objects, KEY);
    JournalExport.Proof proof = verify(file(lines));
    assertThat(proof.head().number()).isEqualTo(objects.size());
    assertThat(proof.keyId()).isEqualTo(KEY.verifyingKey().id());
  }

  @Property(tries = 2000)
  void anyOtherByteIsFoundInItsEntry(@ForAll int where, @ForAll byte other) {
    List<String> lines = some();
    byte[] file = file(lines);
    int at = Math.floorMod(where, file.length);
    Assume.that(file[at] != other);
    file[at] = other;
    int entry = 1;
    for (int end = lines.get(0).getBytes(UTF_8).length; end <= at && entry < lines.size() - 1; ) {
      end += lines.get(entry++).getBytes(UTF_8).length;
    }
    assertThatThrownBy(() -> verify(file))
        .asInstanceOf(InstanceOfAssertFactories.type(BrokenChain.class))
        .extracting(BrokenChain::number)
        .isIn((long) entry, inCheckpoint(lines, at) ? entry + 1L : (long) entry);
  }

  /** A checkpoint that a line break splits in two looks like an entry where none belongs. */
  private static boolean inCheckpoint(List<String> lines, int at) {
    return at >= file(lines.subList(0, lines.size() - 1)).length;
  }

  @Property(tries = 500)
  void aCutFileIsFound(@ForAll int where) {
    byte[] file = file(some());
    byte[] cut = java.util.Arrays.copyOf(file, Math.floorMod(where, file.length));
    assertThatThrownBy(() -> verify(cut)).isInstanceOf(BrokenChain.class);
  }

  @Property
  void aRemovedLineIsFound(
      @ForAll("objects") List<String> objects, @ForAll @IntRange(max = 50) int which) {
    List<String> lines = lines(objects, KEY);
    int removed = which % lines.size();
    lines.remove(removed);
    assertThat(broken(lines).number())
        .isEqualTo(Math.min(removed + 1, Math.max(1, objects.size())));
  }

  @Property
  void twoLinesInTheOtherOrderAreFound(
      @ForAll("objects") List<String> objects,
      @ForAll @IntRange(max = 50) int one,
      @ForAll @IntRange(max = 50) int other) {
    List<String> lines = lines(objects, KEY);
    int first = Math.min(one % lines.size(), other % lines.size());
    int second = Math.max(one % lines.size(), other % lines.size());
    Assume.that(first != second);
    Collections.swap(lines, first, second);
    assertThat(broken(lines).number()).isEqualTo(first + 1);
  }

  @Property
  void anInsertedLineIsFound(
      @ForAll("objects") List<String> objects,
      @ForAll @IntRange(max = 50) int which,
      @ForAll @IntRange(max = 50) int where) {
    List<String> lines = lines(objects, KEY);
    int place = where % (lines.size() + 1);
    lines.add(place, lines.get(which % lines.size()));
    assertThat(broken(lines)).isNotNull();
  }

  @Test
  void anEntryThatIsWrittenAnewWithItsHashBreaksTheLinkAfterIt() {
    List<String> lines = some();
    ChainEntry forged = entry(1, "another", ChainHead.START.hash());
    lines.set(0, JournalExport.entry(forged.content(), forged.hash()));
    assertThat(broken(lines)).hasMessageStartingWith("Entry 2: it does not link up");
  }

  @Test
  void aChainThatIsWrittenAnewIsNotSignedByTheTrustedKey() throws Exception {
    List<String> forged = lines(List.of("another"), SigningKey.fresh());
    assertThat(broken(forged)).hasMessageStartingWith("Entry 1: it is signed by key ");
    assertThat(
            JournalExport.verify(new ByteArrayInputStream(file(forged)), null, NOON)
                .head()
                .number())
        .isEqualTo(1);
  }

  @Test
  void anExportAfterARotationVerifiesByTheKeyBeforeIt() throws Exception {
    SigningKey next = SigningKey.fresh();
    List<String> lines = lines(List.of("one"), next);
    SignedCheckpoint signed =
        new Checkpoint(1, lineHash(lines.get(0)), NOON, next.verifyingKey().id()).signedBy(next);
    KeyRing ring = new KeyRing(next.verifyingKey(), List.of(KeyHandOver.now(KEY, next, NOON)));
    lines.set(1, JournalExport.checkpoint(signed, ring));
    byte[] file = file(lines);
    assertThat(verify(file).keyId()).isEqualTo(next.verifyingKey().id());
    assertThatThrownBy(
            () ->
                JournalExport.verify(
                    new ByteArrayInputStream(file),
                    KEY.verifyingKey(),
                    NOON.plus(KeyHandOver.OVERLAP)))
        .hasMessageStartingWith("Entry 1: it is signed by key ");
    for (int at = lines.get(0).length(); at < file.length; at++) {
      byte[] flipped = file.clone();
      flipped[at] ^= 1;
      assertThatThrownBy(() -> verify(flipped)).isInstanceOf(BrokenChain.class);
    }
  }

  private static String lineHash(String line) {
    return dev.palisade.core.CanonicalJson.read(line).get("hash").textValue();
  }

  @Test
  void anEndThatIsCutOffIsMissedByTheCheckpoint() {
    List<String> lines = some();
    lines.remove(3);
    assertThat(broken(lines)).hasMessage("Entry 4: it is missing: the checkpoint signs entry 4");
  }

  @Test
  void aCheckpointOfAnotherChainDoesNotSign() {
    List<String> lines = some();
    lines.set(4, lines(List.of("a", "b", "c", "d"), KEY).get(4));
    assertThat(broken(lines)).hasMessage("Entry 4: the checkpoint after it signs another entry");
  }

  /** A letter of the signature in upper case is another byte, though it means the same digit. */
  @Test
  void aSignatureHasOneSpelling() {
    List<String> lines = some();
    String checkpoint = lines.get(4);
    int start = checkpoint.indexOf("\"signature\":\"") + 13;
    lines.set(
        4, checkpoint.substring(0, start) + checkpoint.substring(start).toUpperCase(Locale.ROOT));
    assertThat(broken(lines)).isNotNull();
  }

  @Test
  void aKeyIsReadAsItWasWritten() {
    SigningKey again = SigningKey.ofPem(KEY.pem());
    assertThat(again.verifyingKey().pem()).isEqualTo(KEY.verifyingKey().pem());
    assertThat(KEY.verifyingKey().verifies("text", again.sign("text"))).isTrue();
    assertThat(KEY.verifyingKey().verifies("other", again.sign("text"))).isFalse();
    assertThatThrownBy(() -> SigningKey.ofPem("no key"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VerifyingKey.ofPem(KEY.pem()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Made by {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey -pubout}. */
  @Test
  void aKeyOfOpensslIsRead() {
    assertThat(
            SigningKey.ofPem(
                    "-----BEGIN PRIVATE KEY-----\n"
                        + "MC4CAQAwBQYDK2VwBCIEIOzo9s6bFC+hYYgAslfwldjP6SlIibNHDD2vNCgb3W9J\n"
                        + "-----END PRIVATE KEY-----\n")
                .verifyingKey()
                .pem())
        .isEqualTo(
            "-----BEGIN PUBLIC KEY-----\n"
                + "MCowBQYDK2VwAyEAkHrFJ+g4B4bV3Tnt1p7RUsgaJVXQK9gD+9C3NrtKiKk=\n"
                + "-----END PUBLIC KEY-----\n");
  }

  @Provide
  static Arbitrary<List<String>> objects() {
    return Combinators.combine(
            Arbitraries.strings().ofMaxLength(20), Arbitraries.of("", "\n", "\u0000", "{\"a\":1}"))
        .as((text, more) -> text + more)
        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)))
        .list()
        .ofMaxSize(6);
  }
}
