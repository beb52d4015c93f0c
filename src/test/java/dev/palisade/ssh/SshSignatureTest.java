package dev.palisade.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.core.DomainException;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that the real ssh-keygen makes. */
class SshSignatureTest {

  private static final String PURPOSE = "palisade.evidence";
  private static final byte[] MESSAGE = "evidence\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path files;

  @BeforeEach
  void needsOpenSsh() {
    Tools.require(
        Files.isExecutable(Path.of("/usr/bin/ssh-keygen")),
        "ssh-keygen is not installed (openssh-client)");
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, 256, sha512",
    "ed25519, 256, sha256",
    "ecdsa, 256, sha512",
    "ecdsa, 384, sha256",
    "ecdsa, 521, sha512",
    "rsa, 2048, sha512"
  })
  void whatTheHostSignedVerifiesAndNothingElse(String type, String bits, String hash)
      throws IOException {
    SshPublicKey key = key("host", type, bits);
    SshSignature signature = SshSignature.read(signed("host", hash));
    assertThat(signature.isBy(key, PURPOSE, MESSAGE)).isTrue();
    assertThat(signature.isBy(key("other", type, bits), PURPOSE, MESSAGE)).isFalse();
    assertThat(signature.isBy(key, "file", MESSAGE)).isFalse();
    assertThat(signature.isBy(key, PURPOSE, "evidence".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ed25519, 256", "ecdsa, 256", "ecdsa, 521"})
  void everyFlippedByteOfASignatureIsNoticed(String type, String bits) throws IOException {
    SshPublicKey key = key("host", type, bits);
    byte[] bytes = Base64.getDecoder().decode(signed("host", "sha512"));
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      assertThat(verifies(key, Base64.getEncoder().encodeToString(flipped)))
          .as("byte " + i)
          .isFalse();
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThat(verifies(key, Base64.getEncoder().encodeToString(cut)))
          .as(length + " bytes")
          .isFalse();
    }
    byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    assertThat(verifies(key, Base64.getEncoder().encodeToString(longer))).isFalse();
  }

  private static boolean verifies(SshPublicKey key, String signature) {
    try {
      return SshSignature.read(signature).isBy(key, PURPOSE, MESSAGE);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void aKeyIsReadWithoutItsCommentAndShownAsOpenSshShowsIt() throws IOException {
    SshPublicKey key = key("host", "ed25519", "256");
    Output shown =
        Tools.run(Map.of(), "", "ssh-keygen", "-l", "-f", files.resolve("host.pub").toString());
    assertThat(shown.out()).contains(" " + key.fingerprint() + " ");
    assertThat(key.line().split(" ")).hasSize(2);
    assertThat(SshPublicKey.read("/sshHostKey", key.line())).isEqualTo(key);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "ssh-ed25519",
        "ssh-ed25519 !!!!",
        "ssh-ed25519 AAAA",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAXNgtLMzjqarG8+KjT6XPeIWuyo1O/DWrWZWNxfTShd",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAXNgtLMzjqarG8+KjT6XPeIWuyo1O/DWrWZWNxfTShdAA==",
        "ssh-dss AAAAB3NzaC1kc3M="
      })
  void whatIsNoKeyIsRefusedInWords(String line) {
    assertThatThrownBy(() -> SshPublicKey.read("/sshHostKey", line))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("ssh-ed25519");
  }

  @Test
  void aPointOffItsCurveIsRefused() throws IOException {
    String[] words = key("host", "ecdsa", "256").line().split(" ");
    byte[] blob = Base64.getDecoder().decode(words[1]);
    blob[blob.length - 1] ^= 1;
    String line = words[0] + " " + Base64.getEncoder().encodeToString(blob);
    assertThatThrownBy(() -> SshPublicKey.read("/sshHostKey", line))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void aShortRsaKeyIsRefused() {
    assertThatThrownBy(() -> key("short", "rsa", "1024")).isInstanceOf(DomainException.class);
  }

  private SshPublicKey key(String name, String type, String bits) throws IOException {
    Path file = files.resolve(name);
    Output made =
        Tools.run(
            Map.of(),
            "",
            "ssh-keygen",
            "-q",
            "-t",
            type,
            "-b",
            bits,
            "-N",
            "",
            "-C",
            "root@host",
            "-f",
            file.toString());
    assertThat(made.exit()).as(made.err()).isZero();
    return SshPublicKey.read("/sshHostKey", Files.readString(files.resolve(name + ".pub")));
  }

  private String signed(String name, String hash) throws IOException {
    Path message = Files.write(files.resolve("message"), MESSAGE);
    Files.deleteIfExists(files.resolve("message.sig"));
    Output output =
        Tools.run(
            Map.of(),
            "",
            "ssh-keygen",
            "-Y",
            "sign",
            "-n",
            PURPOSE,
            "-O",
            "hashalg=" + hash,
            "-f",
            files.resolve(name).toString(),
            message.toString());
    assertThat(output.exit()).as(output.err()).isZero();
    List<String> lines = Files.readAllLines(files.resolve("message.sig"));
    return lines.stream().filter(l -> !l.startsWith("-")).collect(Collectors.joining());
  }
}
