package dev.palisade.release;

import static dev.palisade.release.FourChecks.CATALOG;
import static dev.palisade.release.FourChecks.LAYERS;
import static dev.palisade.release.FourChecks.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever member of a manifest was changed, the release is refused by all four checks. */
class ChangedManifestsTest {

  @Test
  void everyChangedMemberIsRefusedByAllFour(@TempDir Path folder) throws IOException {
    Map<String, String> changes = ManifestChanges.of(MANIFEST);
    assertThat(changes).hasSizeGreaterThan(300);
    List<String> accepted =
        changes.keySet().stream()
            .filter(name -> ManifestCheck.fault(changes.get(name), CATALOG, LAYERS).isEmpty())
            .toList();
    assertThat(accepted).isEmpty();
    FourChecks four = new FourChecks(folder);
    changes.forEach((name, manifest) -> four.assertRefusedByAllFour(name, manifest, CATALOG));
  }
}
