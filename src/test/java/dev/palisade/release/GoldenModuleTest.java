package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.nix.ModuleRenderer;
import dev.palisade.nix.ReleaseFiles;
import dev.palisade.nix.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a renderer once made, it makes for ever: records as releases store them, and the bytes that
 * hosts pinned. A difference here needs a new renderer id, not new files. What was rendered instead
 * lies under {@code target/golden}, which is also where a new renderer's files come from.
 */
class GoldenModuleTest {

  private static final Path RENDERED = Path.of("target", "golden");

  @ParameterizedTest
  @CsvSource({
    "palisade.nix/1, homelab-lan",
    "palisade.nix/1, wan-exposed",
    "palisade.nix/1, kernel-baseline",
    "palisade.nix/1, ugly-values",
  })
  void rendersAsWhenItWasPinned(String renderer, String name) throws IOException {
    String folder = renderer.replace('/', '-');
    String canonical = file(folder, name + ".json");
    ReleaseRecord record = ReleaseRecord.read(canonical);
    Files.writeString(
        Files.createDirectories(RENDERED.resolve(folder)).resolve(name + ".nix"), record.module());
    assertThat(record.renderer()).isEqualTo(renderer);
    assertThat(record.canonical()).isEqualTo(canonical);
    assertThat(record.module()).isEqualTo(file(folder, name + ".nix"));
  }

  @Test
  void theTreeAroundAModuleIsWhatItWas() {
    SourceTree tree = ReleaseFiles.tree("{ ... }:\n\n{\n}\n");
    assertThat(tree.narHash()).isEqualTo("sha256-yalBS+KcrOaNvYVJR5Pw85uHviygtmMSMw87aDyWtks=");
  }

  @Test
  void newReleasesHaveGoldenFiles() throws IOException {
    assertThat(file(ModuleRenderer.ID.replace('/', '-'), "homelab-lan.nix")).isNotEmpty();
  }

  private static String file(String folder, String name) throws IOException {
    try (InputStream in =
        GoldenModuleTest.class.getResourceAsStream("golden/" + folder + "/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
