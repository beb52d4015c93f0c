package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.testing.EvaluatedModule;
import dev.palisade.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this room writes, read by the real Nix. */
@Tag("nix")
class RealNixTest {

  private static final int STRINGS = 1_000;
  private static final int TREES = 100;
  private static final String ODD =
      "$${}''\"\\#\r\n\t /*;=[]()<>äß漢\u2028\u202e😀 builtins.readFile null true or rec ";

  private final Random random = new Random(20260101);

  @BeforeEach
  void needsNix() {
    Tools.requireNix();
  }

  @Test
  void everyStringComesOutAsItWentInAsNameValueElementAndComment() {
    List<ModuleSetting> settings = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    List<SettingValue> elements = new ArrayList<>();
    List<String> families = new ArrayList<>();
    while (settings.size() < STRINGS) {
      String name = oddString();
      String value = oddString();
      if (expected.putIfAbsent(name, value) == null) {
        String family = settings.size() % 50 == 0 ? oddString() : families.get(0);
        families.add(0, family);
        elements.add(new SettingValue.Text(value));
        settings.add(sysctl(name, new SettingValue.Text(value), oddString(), family));
      }
    }
    settings.add(
        new ModuleSetting(
            "networking.firewall.trustedInterfaces",
            SettingKind.NIXOS_OPTION,
            MergeKind.ADD,
            new SettingValue.Items(elements),
            oddString(),
            false,
            families.get(0),
            List.of()));
    JsonNode host =
        EvaluatedModule.of(
            ModuleRenderer.render(
                ModuleRenderer.ID,
                new ModuleContent(
                    List.of(oddString()), null, List.of(), families, settings, List.of())));
    assertThat(texts(host.at("/config/boot/kernel/sysctl"))).containsAllEntriesOf(expected);
    for (String part : List.of("/profile/declared", "/profile/effective")) {
      assertThat(texts(host.at(part))).containsAllEntriesOf(expected);
    }
    List<String> interfaces = new ArrayList<>();
    host.at("/config/networking/firewall/trustedInterfaces")
        .forEach(element -> interfaces.add(element.textValue()));
    assertThat(interfaces).containsAll(elements.stream().map(SettingValue::display).toList());
    assertThat(host.at("/profile/overridden")).isEmpty();
    assertThat(host.get("warnings")).isEmpty();
  }

  private static Map<String, String> texts(JsonNode set) {
    Map<String, String> texts = new HashMap<>();
    set.properties().forEach(e -> texts.put(e.getKey(), e.getValue().textValue()));
    return texts;
  }

  private static ModuleSetting sysctl(
      String key, SettingValue value, String reason, String family) {
    return new ModuleSetting(
        key, SettingKind.SYSCTL, MergeKind.SCALAR, value, reason, false, family, List.of());
  }

  @Test
  void aTextOfTenThousandCharactersIsNoTroubleToTheEvaluator() {
    for (String part : List.of("x", " ", "\t", "é$", "a=", "\"")) {
      String text = part.repeat(10_000 / part.length());
      JsonNode host =
          EvaluatedModule.of(
              ModuleRenderer.render(
                  ModuleRenderer.ID,
                  new ModuleContent(
                      List.of(text),
                      null,
                      List.of(),
                      List.of(text),
                      List.of(
                          sysctl("kernel.long", new SettingValue.Text(text), text, text),
                          new ModuleSetting(
                              "long",
                              SettingKind.KERNEL_PARAM,
                              MergeKind.SCALAR,
                              new SettingValue.Text(text),
                              text,
                              false,
                              text,
                              List.of())),
                      List.of())));
      assertThat(host.at("/profile/effective/kernel.long").textValue()).isEqualTo(text);
      assertThat(host.at("/profile/effective/long").textValue()).isEqualTo(text);
      assertThat(host.get("warnings")).isEmpty();
    }
  }

  private String oddString() {
    int[] alphabet = ODD.codePoints().toArray();
    StringBuilder text = new StringBuilder("Q");
    for (int i = random.nextInt(24); i >= 0; i--) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  @Test
  void refusesWhatNixCannotWrite() {
    for (String bad : List.of("\u0000", "\u0007", "\u007f", "\ud800")) {
      assertThatThrownBy(() -> NixText.string(bad)).isInstanceOf(DomainException.class);
    }
  }

  @Test
  void narHashIsWhatNixComputes(@TempDir Path directory) throws IOException {
    List<String> computed = new ArrayList<>();
    List<Path> trees = new ArrayList<>();
    for (int i = 0; i < TREES; i++) {
      Map<String, byte[]> files = someFiles();
      Path tree = directory.resolve("tree" + i);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = tree.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      computed.add(SourceTree.of(files).narHash());
      trees.add(tree);
    }
    assertThat(computed).isEqualTo(nixHashes(trees));
  }

  private Map<String, byte[]> someFiles() {
    Map<String, byte[]> files = new HashMap<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      String folder = random.nextBoolean() ? "" : "d" + random.nextInt(3) + "/e-e/";
      files.put(folder + "f" + random.nextInt(1000), bytes);
    }
    return files;
  }

  @Test
  void anArchiveUnpacksToTheTreeThatWasHashed(@TempDir Path directory) throws IOException {
    SourceTree tree = ReleaseFiles.tree("{ ... }:\n\n{\n}\n");
    Path archive = Files.write(directory.resolve("a.tar.gz"), tree.tarGz("top"));
    assertThat(tree.tarGz("top")).isEqualTo(Files.readAllBytes(archive));
    Tools.run(Map.of(), "", "tar", "xzf", archive.toString(), "-C", directory.toString());
    Path top = directory.resolve("top");
    assertThat(Files.readString(top.resolve("flake.nix"), StandardCharsets.UTF_8))
        .contains("nixosModules.default = import ./default.nix");
    assertThat(Tools.nix("nix-instantiate", "--parse", top.resolve("flake.nix").toString()).exit())
        .isZero();
    assertThat(tree.narHash()).isEqualTo(nixHash(top));
  }

  private static String nixHash(Path tree) {
    return nixHashes(List.of(tree)).get(0);
  }

  private static List<String> nixHashes(List<Path> trees) {
    List<String> command = new ArrayList<>(List.of("nix-hash", "--type", "sha256"));
    trees.forEach(tree -> command.add(tree.toString()));
    Tools.Output output = Tools.nix(command.toArray(String[]::new));
    assertThat(output.err()).isEmpty();
    return output
        .out()
        .lines()
        .map(hex -> "sha256-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))
        .toList();
  }
}
