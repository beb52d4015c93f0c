package dev.palisade.release;

import static dev.palisade.release.FourChecks.BASE;
import static dev.palisade.release.FourChecks.CATALOG;
import static dev.palisade.release.FourChecks.EXTENDING;
import static dev.palisade.release.FourChecks.LAYERS;
import static dev.palisade.release.FourChecks.MANIFEST;
import static dev.palisade.release.FourChecks.WEB;
import static dev.palisade.release.FourChecks.assertTampered;
import static dev.palisade.release.FourChecks.check;
import static dev.palisade.release.FourChecks.manifest;
import static dev.palisade.release.FourChecks.offer;
import static dev.palisade.release.FourChecks.row;
import static dev.palisade.release.FourChecks.stored;
import static dev.palisade.release.FourChecks.verify;
import static dev.palisade.release.FourChecks.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.core.Digest;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.VersionState;
import dev.palisade.release.application.DeliverRelease.Purpose;
import dev.palisade.testing.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A forged release is refused at storing, delivering and signing and in {@code verify-release}.
 * Each of the four is called by itself, so that a test fails when any one of them no longer checks.
 */
class ManifestCheckTest {

  @TempDir private Path folder;
  private FourChecks four;

  @BeforeEach
  void wire() throws IOException {
    four = new FourChecks(folder);
  }

  @Test
  void theManifestThatIsDerivedPassesAllFour() throws Exception {
    assertThat(ManifestCheck.fault(MANIFEST, CATALOG, LAYERS)).isEmpty();
    Release release = row(MANIFEST, CATALOG);
    assertThat(four.desk().store(LAYERS, release)).isSameAs(release);
    assertThat(four.kept()).containsExactly(release);
    four.signer().sign(offer(release));
    assertThat(four.kept()).hasSize(2);
    assertThat(four.delivery(release).latest("atlas", Purpose.LOOK)).isSameAs(release);
    verify(release);
  }

  /** The digest of the self-made catalog is right; that the program does not ship it decides. */
  @Test
  void aCatalogThatIsNotShippedIsRefusedByAllFour() {
    Digest selfMade = Digest.of("{\"family\":\"Mine\",\"settings\":[]}\n");
    assertThat(ManifestCheck.fault(MANIFEST, selfMade, LAYERS).orElseThrow())
        .contains("It names the catalog " + selfMade.hex() + ", which this version");
    four.assertRefusedByAllFour("catalog", MANIFEST, selfMade);
    four.assertRefusedByAllFour("empty", Forgery.emptied(MANIFEST), selfMade);
  }

  @Test
  void anEmptyModuleIsRefusedByAllFour() {
    String emptied = Forgery.emptied(MANIFEST);
    assertThat(ManifestCheck.fault(emptied, CATALOG, LAYERS).orElseThrow())
        .startsWith("The record says something else");
    four.assertRefusedByAllFour("empty", emptied, CATALOG);
  }

  @Test
  void aReleaseOfVersionsThatContradictIsRefused() {
    String waived = "\"net.ipv4.tcp_syncookies\"";
    int value = MANIFEST.lastIndexOf("\"value\":1");
    String other =
        (MANIFEST.substring(0, value) + "\"value\":0" + MANIFEST.substring(value + 9))
            .replace("\"kernel.sysrq\"", waived);
    assertThat(ManifestCheck.fault(other, CATALOG, LAYERS).orElseThrow())
        .startsWith("No release comes of the versions that it names: base v1 makes");
  }

  /** Who approves a version approves what it extends: it is not released without that. */
  @Test
  void aVersionWithoutWhatItExtendsIsRefused() {
    ProfileVersion top = version("top", EXTENDING.over(VersionRef.of(BASE)));
    assertThat(ManifestCheck.fault(manifest(List.of(BASE, top)), CATALOG, List.of(BASE, top)))
        .isEmpty();
    ProfileVersion otherBase = version("base", EXTENDING);
    for (List<ProfileVersion> layers :
        List.of(List.of(top), List.of(top, BASE), List.of(otherBase, top))) {
      assertThat(ManifestCheck.fault(manifest(layers), CATALOG, layers))
          .contains("top v1 extends base v1, which does not lie under it.");
    }
  }

  @Test
  void aProfileThatComesTwiceIsRefused() {
    List<ProfileVersion> twice = List.of(BASE, WEB, BASE);
    assertThat(ManifestCheck.fault(manifest(twice), CATALOG, twice))
        .contains("The profile base comes twice.");
  }

  @Test
  void aTextThatIsNotCanonicalIsNotRead() {
    assertThat(ManifestCheck.read(MANIFEST)).isPresent();
    assertThat(ManifestCheck.read(MANIFEST + " ")).isEmpty();
    assertThat(ManifestCheck.read("{}")).isEmpty();
    assertThat(ManifestCheck.fault("{}", CATALOG, LAYERS))
        .contains("Its manifest cannot be read by this version of Palisade.");
    assertTampered(
        () -> check(FourChecks::stored).requireProven(row("{}", CATALOG)), "cannot be read");
  }

  @Test
  void aVersionThatNobodyApprovedIsRefused() {
    for (Optional<ProfileVersion> stored :
        List.of(
            Optional.<ProfileVersion>empty(),
            Optional.of(version("base", VersionContent.EMPTY)),
            Optional.of(
                Wiring.set(version("base", BASE.content()), "state", VersionState.IN_REVIEW)))) {
      ReleaseCheck check = check(ref -> ref.equals("base") ? stored : Optional.of(WEB));
      assertTampered(() -> check.requireProven(row(MANIFEST, CATALOG)), "was never approved");
    }
  }

  @Test
  void otherBytesThanItsManifestRendersToAreRefused() {
    for (String part : List.of("module", "narHash", "digest")) {
      Release release = Wiring.set(row(MANIFEST, CATALOG), part, Digest.of(part).hex());
      assertTampered(
          () -> check(FourChecks::stored).requireProven(release),
          "is not what its manifest renders to");
    }
    Release release = Wiring.set(row(MANIFEST, CATALOG), "archive", new byte[1]);
    assertTampered(() -> check(FourChecks::stored).requireProven(release), "renders to");
  }

  /** What was proven once is not derived again; the same manifest with another byte is. */
  @Test
  void whatWasProvenIsRememberedByAllItsBytes() {
    Map<String, Integer> asked = new HashMap<>();
    ReleaseCheck check =
        check(
            ref -> {
              asked.merge(ref, 1, Integer::sum);
              return stored(ref);
            });
    check.requireProven(row(MANIFEST, CATALOG));
    check.requireProven(row(MANIFEST, CATALOG));
    assertThat(asked).containsOnly(Map.entry("base", 1), Map.entry("web", 1));
    assertTampered(
        () -> check.requireProven(row(MANIFEST, Digest.of("other"))), "which this version");
    check(ref -> Optional.empty()).requireMadeOf(LAYERS, row(MANIFEST, CATALOG));
  }

  @Test
  void whatWasStoredIsNotDerivedAgainWhenItIsOffered() {
    ReleaseCheck check = check(ref -> Optional.empty());
    check.requireMadeOf(LAYERS, row(MANIFEST, CATALOG));
    check.requireProven(row(MANIFEST, CATALOG));
  }
}
