package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
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
  void everyStringComesOutAsItWentInAsNameValueAndComment() {
    List<ModuleSetting> settings = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    while (settings.size() < STRINGS) {
      String name = oddString();
      String value = oddString();
      if (expected.putIfAbsent(name, value) == null) {
        settings.add(
            new ModuleSetting(
                name,
                SettingKind.SYSCTL,
                MergeKind.SCALAR,
                new SettingValue.Text(value),
                oddString()));
      }
    }
    JsonNode evaluated =
        EvaluatedModule.of(
            ModuleRenderer.render(new ModuleContent(List.of(oddString()), settings, List.of())));
    Map<String, String> actual = new HashMap<>();
    evaluated
        .at("/boot/kernel/sysctl")
        .properties()
        .forEach(e -> actual.put(e.getKey(), e.getValue().get("_value").textValue()));
    assertThat(actual).isEqualTo(expected);
  }

  private String oddString() {
    int[] alphabet = ODD.codePoints().toArray();
    StringBuilder text = new StringBuilder("k");
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
  void homelabLanEvaluatesToTheSeedAndNothingElse() throws IOException {
    JsonNode evaluated =
        EvaluatedModule.of(
            ModuleRenderer.render(new ModuleContent(List.of("x"), homelabLan(), List.of())));
    JsonNode sysctls = evaluated.at("/boot/kernel/sysctl");
    JsonNode firewall = evaluated.at("/networking/firewall");
    assertThat(sysctls.size()).isEqualTo(45);
    assertThat(firewall.size()).isEqualTo(4);
    assertThat(evaluated.size()).isEqualTo(2);
    assertThat(evaluated.get("boot").size()).isEqualTo(1);
    sysctls.forEach(value -> assertThat(value.get("_priority").intValue()).isEqualTo(900));
    assertThat(sysctls.at("/net.ipv4.tcp_congestion_control/_value").textValue()).isEqualTo("bbr");
    assertThat(sysctls.at("/net.ipv4.conf.all.rp_filter/_value").intValue()).isEqualTo(1);
    assertThat(firewall.at("/enable/_value").booleanValue()).isTrue();
    assertThat(firewall.at("/allowPing/_value").booleanValue()).isFalse();
    assertThat(firewall.get("allowedTCPPorts").toString()).isEqualTo("[53,80,443]");
    assertThat(firewall.get("allowedUDPPorts").toString()).isEqualTo("[53]");
  }

  private static List<ModuleSetting> homelabLan() throws IOException {
    Catalog catalog = CatalogFiles.shipped();
    List<ModuleSetting> settings = new ArrayList<>();
    for (JsonNode row :
        new ObjectMapper()
            .readTree(
                RealNixTest.class.getResourceAsStream("/dev/palisade/profile/homelab-lan.json"))
            .get("settings")) {
      Setting known = catalog.find(row.get("key").textValue()).orElseThrow();
      settings.add(
          new ModuleSetting(
              known.key(),
              known.kind(),
              known.merge(),
              SettingValue.fromJson(row.get("value"), ""),
              null));
    }
    return settings;
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
