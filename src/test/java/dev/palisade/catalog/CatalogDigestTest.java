package dev.palisade.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.core.Digest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogDigestTest {

  /** A failure here prints the command that writes the digest of changed data into the source. */
  @Test
  void theCompiledInDigestIsThatOfTheData() {
    assertThat(ShippedCatalogs.present()).isSameAs(CatalogFiles.shipped());
  }

  @Test
  void theCatalogOfThisBuildIsFoundByItsDigest() {
    assertThat(ShippedCatalogs.find(CatalogFiles.shipped().version()))
        .containsSame(CatalogFiles.shipped());
  }

  @Test
  void everyFormerCatalogLoadsWithItsDigest() {
    for (String former : ShippedCatalogs.FORMER) {
      assertThat(ShippedCatalogs.find(new Digest(former)).orElseThrow().version().hex())
          .isEqualTo(former);
    }
  }

  @Test
  void anyOtherCatalogIsNotFoundWhateverLiesInTheFolder() {
    assertThat(ShippedCatalogs.find(new Digest("0".repeat(64)))).isEmpty();
    assertThat(ShippedCatalogs.find(new Digest(EXAMPLE))).isEmpty();
  }

  /** The digest of a catalog of one setting that lies among the resources of the tests. */
  private static final String EXAMPLE =
      "aba370caceee1109e15890006ce723357079571e424985375bc5e909e15a4364";

  @Test
  void aFormerCatalogIsOneFileNamedByItsDigest() {
    Catalog former = ShippedCatalogs.former(EXAMPLE);
    assertThat(former.version().hex()).isEqualTo(EXAMPLE);
    assertThat(former.settings()).extracting(Setting::key).containsExactly("net.x", "net.y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "missing"})
  void aFormerCatalogOfOtherBytesIsRefused(String name) {
    assertThatThrownBy(() -> ShippedCatalogs.former(name))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void changedDataIsRefusedWithTheCommandThatRecordsIt() {
    CatalogFiles other = CatalogFiles.parse(Map.of());
    assertThatThrownBy(() -> CatalogFiles.requireDigest("00ab", other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sed -i 's/00ab/" + other.version().hex() + "/'");
  }
}
