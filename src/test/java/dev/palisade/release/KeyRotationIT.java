package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.SigningKey;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.PortalProcess;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key changes while the portal runs: who trusted the one before it goes on without a hand. */
@Tag("portal")
class KeyRotationIT {

  private static final Map<String, Integer> SYSRQ = Map.of("kernel.sysrq", 176);

  @TempDir private Path folder;

  @Test
  void whoTrustedTheKeyBeforeGoesOnAndEverythingIsSignedAnew() throws Exception {
    Portal portal = Portal.running();
    RegisteredHost forged = portal.host("rotation");
    offerForgery(portal, portal.rollOut(forged, portal.approved("rotation", SYSRQ)));
    RegisteredHost host = portal.host("rotation");
    portal.rollOut(host, portal.approved("rotation", SYSRQ));
    JsonNode before = desired(portal.as(host));
    Path pinned =
        Files.copy(portal.data().resolve("journal-signing-key.pub"), folder.resolve("pinned.pub"));

    Output rotated = command(portal, "rotate-signing-key");
    assertThat(rotated.out())
        .matches(
            "Key " + before.get("keyId").textValue() + " has handed over to [0-9a-f]{16}; .*\n");
    assertThat(rotated.exit()).isZero();

    JsonNode after = signedAnew(portal.as(host), before.get("keyId").textValue());
    assertThat(rotated.out()).contains(after.get("keyId").textValue());
    assertThat(after.get("release")).isEqualTo(before.get("release"));
    assertThat(portal.as(forged).get("/agent/v1/desired").code()).isEqualTo("not-signed");
    JsonNode keys = portal.as(host).get("/nix/keys").expect(200).json();
    assertThat(keys.get("keyId")).isEqualTo(after.get("keyId"));
    assertThat(keys.at("/outgoing/0/keyId")).isEqualTo(before.get("keyId"));

    String digest = after.at("/release/digest").textValue();
    Path proof =
        Files.write(
            folder.resolve("proof.json"),
            portal.as(host).get("/nix/releases/" + digest + ".proof.json").expect(200).body());
    Output release =
        command(portal, "verify-release", proof.toString(), "--key", pinned.toString());
    assertThat(release.exit()).as(release.toString()).isZero();

    Path journal =
        Files.write(
            folder.resolve("journal.ndjson"),
            portal.as(Role.AUDITOR).get("/api/v1/journal/export").expect(200).body());
    Output export =
        command(portal, "verify-journal", journal.toString(), "--key", pinned.toString());
    assertThat(export.exit()).as(export.toString()).isZero();
    assertThat(export.out()).contains("signed by " + after.get("keyId").textValue());
    assertThat(
            portal
                .as(Role.AUDITOR)
                .get("/api/v1/journal/verify")
                .expect(200)
                .json()
                .get("ok")
                .booleanValue())
        .isTrue();
    assertThat(
            portal
                .as(Role.AUDITOR)
                .get(
                    "/api/v1/journal?act=statements.renewed&object="
                        + after.get("keyId").textValue())
                .expect(200)
                .json()
                .get("total")
                .longValue())
        .isPositive();
  }

  /** What one key signed lately is not signed by it again; what it signed long ago is. */
  @Test
  void aLostKeyIsReplacedAndAnOldStatementRenewedWhileAFreshOneStays() throws Exception {
    Portal portal = Portal.running();
    RegisteredHost old = portal.host("renewal");
    RegisteredHost fresh = portal.host("renewal");
    String profile = portal.approved("renewal", SYSRQ);
    portal.rollOut(old, profile);
    portal.rollOut(fresh, profile);
    JsonNode before = desired(portal.as(old));
    String keyId = before.get("keyId").textValue();
    Database.asApplication(portal)
        .tamper(
            "update release_statement set issued_at = issued_at - interval '8 days'"
                + " where statement like '%\""
                + old.name()
                + "\"%'");
    Path file = portal.data().resolve("journal-signing-key");
    String kept = Files.readString(file);
    SigningKey other = SigningKey.fresh();
    try {
      Files.writeString(file, other.pem());
      for (RegisteredHost host : List.of(old, fresh)) {
        JsonNode replaced = signedAnew(portal.as(host), keyId);
        assertThat(replaced.get("keyId").textValue()).isEqualTo(other.verifyingKey().id());
        assertThat(number(replaced)).isEqualTo(1);
      }
    } finally {
      Files.writeString(file, kept);
    }
    JsonNode renewed = signedAnew(portal.as(old), other.verifyingKey().id());
    assertThat(renewed.get("keyId").textValue()).isEqualTo(keyId);
    assertThat(renewed.get("release")).isEqualTo(before.get("release"));
    assertThat(number(renewed)).isEqualTo(1);
    assertThat(desired(portal.as(fresh)).get("keyId").textValue())
        .isEqualTo(other.verifyingKey().id());
  }

  /** Two INSERTs offer an empty module; the offer stands before those that are signed anew. */
  private static void offerForgery(Portal portal, long rollout) throws SQLException {
    Database database = Database.asApplication(portal);
    String manifest = Forgery.manifest(database, rollout);
    Forgery.of(Forgery.emptied(manifest), CatalogFiles.shipped().version())
        .offer(database, rollout);
  }

  private static int number(JsonNode desired) {
    return DesiredStatement.read(desired.get("statement").textValue()).number();
  }

  private static JsonNode desired(Caller host) {
    return host.get("/agent/v1/desired").expect(200).json();
  }

  /** The portal looks at the key every few seconds. */
  private static JsonNode signedAnew(Caller host, String formerKey) {
    Instant limit = Instant.now().plus(Duration.ofSeconds(60));
    JsonNode desired = desired(host);
    while (desired.get("keyId").textValue().equals(formerKey)) {
      assertThat(Instant.now()).as("still signed by the key before").isBefore(limit);
      Thread.onSpinWait();
      desired = desired(host);
    }
    return desired;
  }

  private static Output command(Portal portal, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PortalProcess.distribution().resolve("palisade.jar").toString()));
    command.addAll(List.of(arguments));
    return Tools.run(
        Map.of("PALISADE_DATA_DIR", portal.data().toString()), "", command.toArray(String[]::new));
  }
}
