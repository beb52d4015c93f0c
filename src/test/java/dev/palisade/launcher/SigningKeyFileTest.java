package dev.palisade.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.chain.SigningKey;
import dev.palisade.chain.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFileTest {

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
}
