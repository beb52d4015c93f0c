package dev.palisade.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.chain.KeyFile;
import dev.palisade.chain.KeyHandOver;
import dev.palisade.chain.KeyRing;
import dev.palisade.chain.SigningKey;
import dev.palisade.chain.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFileTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir private Path folder;

  private Settings settings(String... keyFile) throws StartFailure {
    String data = folder.toString();
    return Settings.read(
        keyFile.length == 0
            ? Map.of("PALISADE_DATA_DIR", data)
            : Map.of("PALISADE_DATA_DIR", data, "PALISADE_SIGNING_KEY_FILE", keyFile[0]));
  }

  private Path write(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("own-key"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void theFirstStartMakesAKeyThatLaterStartsKeep() throws Exception {
    Path file = SigningKeyFile.prepare(settings());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String key = Files.readString(file);
    assertThat(SigningKeyFile.prepare(settings())).isEqualTo(file);
    assertThat(file).hasContent(key);
    assertThat(VerifyingKey.ofPem(Files.readString(folder.resolve("journal-signing-key.pub"))).id())
        .isEqualTo(SigningKey.ofPem(key).verifyingKey().id());
  }

  @Test
  void aKeyOfOnesOwnIsTaken() throws Exception {
    SigningKey key = SigningKey.fresh();
    Path file = write(key.pem(), "r--------");
    assertThat(SigningKeyFile.prepare(settings(file.toString()))).isEqualTo(file);
    assertThat(folder.resolve("journal-signing-key")).doesNotExist();
    assertThat(folder.resolve("journal-signing-key.pub")).hasContent(key.verifyingKey().pem());
  }

  @Test
  void aKeyThatOthersReadIsRefused() throws Exception {
    Path file = write(SigningKey.fresh().pem(), "rw-r-----");
    assertThatThrownBy(() -> SigningKeyFile.prepare(settings(file.toString())))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("can be read by others");
  }

  @Test
  void whatIsNoKeyIsRefused() throws Exception {
    Path file = write("no key", "rw-------");
    assertThatThrownBy(() -> SigningKeyFile.prepare(settings(file.toString())))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("no Ed25519 private key");
  }

  private static String id(Path key) throws IOException {
    return SigningKey.ofPem(Files.readString(key)).verifyingKey().id();
  }

  @Test
  void aRotationHandsOverToAFreshKeyThatIsItsOwnersAlone() throws Exception {
    Path file = SigningKeyFile.prepare(settings());
    String old = id(file);
    KeyHandOver done = SigningKeyFile.rotate(settings(), NOON).handOver();
    assertThat(done.from().id()).isEqualTo(old);
    assertThat(done.to().id()).isEqualTo(id(file)).isNotEqualTo(old);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    KeyRing ring = new KeyFile(file).read().ring();
    assertThat(ring.trusted(done.from(), id(file), NOON)).isPresent();
    assertThat(folder.resolve("journal-signing-key.pub")).hasContent(ring.current().pem());
    assertThat(folder.resolve("journal-signing-key.next")).doesNotExist();
    SigningKeyFile.rotate(settings(), NOON.plusSeconds(1));
    assertThat(new KeyFile(file).read().ring().trusted(done.from(), id(file), NOON)).isPresent();
  }

  @Test
  void aRotationThatBrokeOffIsCarriedOutByTheNextOne() throws Exception {
    Path file = SigningKeyFile.prepare(settings());
    String old = Files.readString(file);
    KeyHandOver done = SigningKeyFile.rotate(settings(), NOON).handOver();
    Files.move(file, folder.resolve("journal-signing-key.next"));
    Files.setPosixFilePermissions(
        Files.writeString(file, old), PosixFilePermissions.fromString("rw-------"));
    assertThat(SigningKeyFile.prepare(settings())).isEqualTo(file);
    SigningKeyFile.rotate(settings(), NOON.plusSeconds(60));
    assertThat(id(file)).isEqualTo(done.to().id());
    assertThat(new KeyFile(file).read().ring().handOvers()).hasSize(1);
  }

  @Test
  void aKeyThatWaitsWithoutAHandOverIsLeftOut() throws Exception {
    Path file = SigningKeyFile.prepare(settings());
    SigningKeyFile.rotate(settings(), NOON);
    Files.writeString(folder.resolve("journal-signing-key.next"), "half a ke");
    KeyHandOver done = SigningKeyFile.rotate(settings(), NOON.plusSeconds(60)).handOver();
    assertThat(id(file)).isEqualTo(done.to().id());
    assertThat(new KeyFile(file).read().ring().handOvers()).hasSize(2);
  }

  @Test
  void whereThereIsNoKeyNoneIsRotated() {
    assertThatThrownBy(() -> SigningKeyFile.rotate(settings(), NOON))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be rotated");
  }

  @Test
  void aHandOverThatIsNotAsItWasWrittenIsNamed() throws Exception {
    Path file = SigningKeyFile.prepare(settings());
    Files.writeString(KeyFile.handOversBeside(file), "{}\n");
    assertThatThrownBy(() -> SigningKeyFile.prepare(settings()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("journal-signing-key.hand-overs is not as it was written");
  }
}
