package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.chain.SigningKey;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.PortalProcess;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution's command proves what a host fetched, with the portal out of reach. */
@Tag("portal")
class ReleaseProofIT {

  private static Portal portal;
  private static RegisteredHost host;
  private static String digest;
  private static String key;

  @TempDir private Path folder;

  @BeforeAll
  static void offer() {
    portal = Portal.running();
    host = portal.host("proof");
    portal.rollOut(host, portal.approvedHomelabLan("proof"));
    JsonNode desired = portal.as(host).get("/agent/v1/desired").expect(200).json();
    digest = desired.at("/release/digest").textValue();
    key = portal.data().resolve("journal-signing-key.pub").toString();
  }

  static Output command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                PortalProcess.distribution().resolve("palisade.jar").toString(),
                "verify-release"));
    command.addAll(List.of(arguments));
    return Tools.run(Map.of(), "", command.toArray(String[]::new));
  }

  private Path fetched(String path, String name) throws IOException {
    return Files.write(
        folder.resolve(name), portal.as(host).get("/nix/releases/" + path).expect(200).body());
  }

  @Test
  void whatAHostFetchedIsProven() throws IOException {
    Path proof = fetched(digest + ".proof.json", "proof.json");
    Path archive = fetched(digest + ".tar.gz", "release.tar.gz");
    Output output =
        command(
            proof.toString(), "--host", host.name(), "--key", key, "--module", archive.toString());
    assertThat(output.exit()).as(output.toString()).isZero();
    assertThat(output.out())
        .contains("signed it for " + host.name() + " as number 1")
        .contains("The record has the digest " + digest)
        .contains("approved by approver")
        .contains("is what it renders to, byte for byte")
        .contains("It was resolved by the catalog ")
        .hasLineCount(7);
    assertThat(output.err()).isEmpty();
  }

  @Test
  void theFirstThingThatFailsIsNamed() throws IOException {
    Path proof = fetched(digest + ".proof.json", "proof.json");
    Path module = fetched(digest + "/default.nix", "default.nix");
    Output other = command(proof.toString(), "--host", "no-such-host");
    assertThat(other.out()).isEqualTo("It holds no statement for no-such-host.\n");
    assertThat(other.exit()).isEqualTo(1);

    Files.writeString(module, "\n", java.nio.file.StandardOpenOption.APPEND);
    Output changed = command(proof.toString(), "--module", module.toString());
    assertThat(changed.out()).isEqualTo("The module is not what the record renders to.\n");
    assertThat(changed.exit()).isEqualTo(1);

    Path foreign =
        Files.writeString(folder.resolve("key"), SigningKey.fresh().verifyingKey().pem());
    Output untrusted = command(proof.toString(), "--key", foreign.toString());
    assertThat(untrusted.out()).contains("has not handed over").hasLineCount(1);
    assertThat(untrusted.exit()).isEqualTo(1);

    byte[] bytes = Files.readAllBytes(proof);
    bytes[bytes.length / 2] ^= 1;
    Files.write(proof, bytes);
    assertThat(command(proof.toString()).exit()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadOrUnderstoodIsUsage() throws IOException {
    String none = folder.resolve("none").toString();
    assertThat(command(none).exit()).isEqualTo(2);
    assertThat(command().exit()).isEqualTo(2);
    assertThat(command(none, "--key").exit()).isEqualTo(2);
    assertThat(command(none, "--other", "x").err()).startsWith("Usage: ");
    Path proof = fetched(digest + ".proof.json", "proof.json");
    assertThat(command(proof.toString(), "--key", proof.toString()).exit()).isEqualTo(2);
    assertThat(command(proof.toString(), "--module", none).exit()).isEqualTo(2);
  }

  @Test
  void whoReadsGetsTheProofOfAnyReleaseAndOfOneHost() {
    String path = "/api/v1/releases/" + digest + "/proof";
    assertThat(portal.as(Role.VIEWER).get(path).expect(200).text()).contains(host.name());
    portal.as(Role.VIEWER).get(path + "?host=" + host.name()).expect(200);
    portal.as(Role.VIEWER).get(path + "?host=no-such-host").expect(404);
    portal.as(Role.VIEWER).get("/api/v1/releases/" + "0".repeat(64) + "/proof").expect(404);
    portal.as(host).get(path).expect(403);
    portal.anonymous().get(path).expect(401);
  }
}
