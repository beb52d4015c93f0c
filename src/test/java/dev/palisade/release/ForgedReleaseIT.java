package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.CatalogFiles;
import dev.palisade.core.Digest;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two INSERTs in the application's role offer a host a release that names approved versions and
 * says something else.
 */
@Tag("portal")
class ForgedReleaseIT {

  private static final Digest SHIPPED = CatalogFiles.shipped().version();

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
    manifest =
        database.text(
            "select r.record from release_release r join release_offer o on o.release_digest ="
                + " r.digest where o.rollout_id = "
                + rollout);
  }

  @Test
  void anotherValueThanTheApprovedOneIsNotDelivered() throws SQLException {
    assertRefused(manifest.replace("\"value\":1", "\"value\":0"), SHIPPED, "something else");
  }

  /** A renderer writes settings family by family: without families the module is empty. */
  @Test
  void anEmptyModuleHeadedApprovedIsNotDelivered() throws SQLException {
    assertRefused(
        manifest.replaceFirst("\"families\":\\[[^]]*]", "\"families\":[]"),
        SHIPPED,
        "something else");
  }

  @Test
  void aManifestOfASelfMadeCatalogIsNotDelivered() throws SQLException {
    Digest selfMade = Digest.of("{\"family\":\"Mine\",\"settings\":[]}\n");
    assertRefused(
        manifest.replace("\"merge\":\"scalar\"", "\"merge\":\"add\""), selfMade, "does not ship");
  }

  private static void assertRefused(String forgery, Digest catalog, String why)
      throws SQLException {
    Release forged = new Release(ReleaseRecord.read(forgery), catalog, Instant.now());
    assertThat(forged.content().canonical()).isNotEqualTo(manifest);
    assertThat(forged.isWhatItsRecordSays()).isTrue();
    database.run(
        "insert into release_release (digest, record, module, nar_hash, archive, catalog_version)"
            + " values ('%s', '%s', '%s', '%s', '\\x%s', '%s')"
                .formatted(
                    forged.getDigest().hex(),
                    forged.content().canonical().replace("'", "''"),
                    forged.getModule().replace("'", "''"),
                    forged.getNarHash(),
                    HexFormat.of().formatHex(forged.archive()),
                    catalog.hex()),
        "insert into release_offer (host_id, number, release_digest, rollout_id, offered_by)"
            + " select host_id, max(number) + 1, '%s', %d, 'operator' from release_offer"
                .formatted(forged.getDigest().hex(), rollout)
            + " where rollout_id = %d group by host_id".formatted(rollout));
    String digest = forged.getDigest().hex();
    for (String path :
        List.of("hosts/" + host.name() + "/latest.tar.gz", "releases/" + digest + ".proof.json")) {
      var answer = portal.as(host).get("/nix/" + path);
      assertThat(answer.code()).as(path).isEqualTo("tampered");
      assertThat(answer.text()).as(path).contains(why);
    }
  }
}
