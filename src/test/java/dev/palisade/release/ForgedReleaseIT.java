package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.account.Role;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.chain.SigningKey;
import dev.palisade.core.Digest;
import dev.palisade.nix.ReleaseFiles;
import dev.palisade.nix.SourceTree;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionContent;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools.Output;
import dev.palisade.testing.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * INSERTs in the application's role store and offer a release that names approved versions and says
 * something else. That it is not signed either is tested where a rotation signs everything anew.
 */
@Tag("portal")
class ForgedReleaseIT {

  private static final Digest SHIPPED = CatalogFiles.shipped().version();
  private static final Digest SELF_MADE = Digest.of("{\"family\":\"Mine\",\"settings\":[]}\n");
  private static final String OTHER = "something else";

  private static Portal portal;
  private static Database database;
  private static RegisteredHost host;
  private static long rollout;
  private static String manifest;

  @BeforeAll
  static void offer() throws SQLException {
    portal = Portal.running();
    database = Database.asApplication(portal);
    host = portal.host("forged");
    rollout = portal.rollOut(host, portal.approved("forged", Map.of("net.ipv4.tcp_sack", 1)));
    manifest = Forgery.manifest(database, rollout);
  }

  @Test
  void anotherValueThanTheApprovedOneIsNotDelivered() throws SQLException {
    assertNotDelivered(manifest.replace("\"value\":1", "\"value\":0"), SHIPPED, OTHER);
  }

  @Test
  void anEmptyModuleHeadedApprovedIsNotDelivered() throws SQLException {
    assertNotDelivered(Forgery.emptied(manifest), SHIPPED, OTHER);
  }

  @Test
  void aManifestOfASelfMadeCatalogIsNotDelivered() throws SQLException {
    assertNotDelivered(
        manifest.replace("\"merge\":\"scalar\"", "\"merge\":\"add\""), SELF_MADE, "does not ship");
  }

  /** Somebody stores other bytes under the digest of what a rollout is about to offer. */
  @Test
  void aRolloutDoesNotOfferBytesThatLieInWait() throws SQLException {
    Release empty = approvedNow("inwait", SHIPPED);
    Wiring.set(empty, "module", "# Approved\n{ }\n");
    SourceTree tree = ReleaseFiles.tree(empty.getModule());
    Wiring.set(empty, "narHash", tree.narHash());
    Wiring.set(empty, "archive", tree.tarGz("hardening"));
    assertNotOffered(empty, "Its module or archive is not what its manifest renders to");
    assertNotOffered(approvedNow("inwait", SELF_MADE), "does not ship");
  }

  /** Whoever has the key and the database signs what they like; the command derives it again. */
  @Test
  void verifyReleaseRefusesAForgeryThatThePortalSigned(@TempDir Path folder)
      throws IOException, SQLException {
    RegisteredHost own = portal.host("forged");
    String slug = portal.approved("forged", Map.of("net.ipv4.tcp_sack", 1));
    String honest = Forgery.manifest(database, portal.rollOut(own, slug));
    ProofBundle proof =
        ProofBundle.read(
            portal
                .as(own)
                .get("/nix/releases/" + Digest.of(honest).hex() + ".proof.json")
                .expect(200)
                .text());
    SigningKey key =
        SigningKey.ofPem(Files.readString(portal.data().resolve("journal-signing-key")));
    Path file = folder.resolve("proof.json");
    Files.writeString(file, Forgery.of(honest, SHIPPED).proof(proof, key).json());
    assertThat(ReleaseProofIT.command(file.toString()).exit()).isZero();
    for (Map.Entry<Forgery, String> forged :
        Map.of(
                Forgery.of(Forgery.emptied(honest), SHIPPED),
                OTHER,
                Forgery.of(honest, SELF_MADE),
                "does not ship")
            .entrySet()) {
      Files.writeString(file, forged.getKey().proof(proof, key).json());
      Output output = ReleaseProofIT.command(file.toString());
      assertThat(output.out()).contains(forged.getValue()).hasLineCount(1);
      assertThat(output.exit()).isEqualTo(1);
    }
  }

  private static void assertNotDelivered(String forgery, Digest catalog, String why)
      throws SQLException {
    Forgery forged = Forgery.of(forgery, catalog);
    assertThat(forged.release().content().canonical()).isNotEqualTo(manifest);
    assertThat(forged.release().isWhatItsRecordSays()).isTrue();
    forged.offer(database, rollout);
    String digest = forged.release().getDigest().hex();
    for (String path :
        List.of("hosts/" + host.name() + "/latest.tar.gz", "releases/" + digest + ".proof.json")) {
      var answer = portal.as(host).get("/nix/" + path);
      assertThat(answer.code()).as(path).isEqualTo("tampered");
      assertThat(answer.text()).as(path).contains(why);
    }
    assertNoFiles(why);
  }

  /** People who carry the module by hand get no forgery either. */
  private static void assertNoFiles(String why) {
    for (String file : List.of("module.nix", "module.tar.gz", "sysctl.conf")) {
      var answer = portal.as(Role.VIEWER).get("/api/v1/hosts/" + host.name() + "/" + file);
      assertThat(answer.code()).as(file).isEqualTo("tampered");
      assertThat(answer.text()).as(file).contains(why);
    }
  }

  /** What a rollout of a new profile to any host would store. */
  private static Release approvedNow(String prefix, Digest catalog) throws SQLException {
    String slug = portal.approved(prefix, Map.of("net.ipv4.tcp_sack", 1));
    String content =
        database.text(
            "select v.content from profile_version v join profile_profile p on p.id = v.profile_id"
                + " where p.slug = '%s'".formatted(slug));
    ProfileVersion version =
        new ProfileVersion(
            new Profile(slug, slug, "", ApprovalRule.USUAL, Instant.now()),
            1,
            VersionContent.read(content),
            "author",
            Instant.now());
    EffectiveProfile effective =
        EffectiveProfile.of(List.of(version), Map.of(), Missing.REFUSED, CatalogFiles.shipped());
    return new Release(ReleaseRecord.of(effective, CatalogFiles.shipped()), catalog, Instant.now());
  }

  private static void assertNotOffered(Release stored, String why) throws SQLException {
    database.run(new Forgery(stored).insert());
    RegisteredHost one = portal.host("inwait");
    String slug = stored.content().profiles().get(0).slug();
    Caller operator = portal.as(Role.OPERATOR);
    operator.put("/api/v1/hosts/" + one.name() + "/profiles", List.of(slug)).expect(200);
    long id =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name", slug, "selector", "name = " + one.name(), "versions", Map.of(slug, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    var answer = operator.post("/api/v1/rollouts/" + id + "/start");
    assertThat(answer.code()).isEqualTo("nothing-to-do");
    assertThat(answer.text()).contains(why);
  }
}
