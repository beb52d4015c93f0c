package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.testing.EvaluatedModule;
import dev.palisade.testing.EvaluatedModule.Configuration;
import dev.palisade.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Evaluates the options of the catalog and the shipped profiles beside options that have the types
 * of nixpkgs, half of them declared in files that need the whole configuration.
 */
@Tag("nix")
class CatalogOptionsTest {

  private static final String NAMES_ONLY = "hasNames options (lib.take depth names)";

  /** The test of an earlier renderer: it looks at the value of the declaration. */
  private static final String FORCED =
      "depth > 0 && lib.isOption (lib.attrByPath names null options)";

  @BeforeEach
  void needsNix() {
    Tools.requireNix();
  }

  @Test
  void optionIsInForceBesideItsRealType() {
    List<Setting> options =
        CatalogFiles.shipped().settings().stream()
            .filter(setting -> setting.kind() == SettingKind.NIXOS_OPTION)
            .toList();
    assertThat(options).hasSize(60);
    List<ModuleSetting> settings = options.stream().map(CatalogOptionsTest::setting).toList();
    ModuleContent content =
        new ModuleContent(List.of("Test"), null, List.of(), List.of(), settings, List.of());
    JsonNode host = EvaluatedModule.of(ModuleRenderer.render(ModuleRenderer.ID, content));
    assertThat(host.at("/profile/absent")).isEmpty();
    assertThat(host.at("/profile/declared")).hasSize(60);
    assertThat(host.at("/profile/overridden")).isEmpty();
    assertThat(host.at("/config/services/openssh/settings/MaxAuthTries").isInt()).isTrue();
    assertThat(host.at("/config/services/openssh/listenAddresses").toString())
        .isEqualTo(
            "[{\"addr\":\"10.0.0.5\",\"port\":null},{\"addr\":\"2001:db8::5\",\"port\":2222}]");
    host.at("/profile/effective")
        .properties()
        .forEach(entry -> assertThat(entry.getValue().isNull()).as(entry.getKey()).isFalse());
  }

  private static ModuleSetting setting(Setting option) {
    return new ModuleSetting(
        option.key().replace("<if>", "lan0"),
        option.kind(),
        option.merge(),
        value(option),
        null,
        false,
        null,
        List.of(),
        option.optionDepth());
  }

  private static SettingValue value(Setting option) {
    SettingValue text = new SettingValue.Text("x");
    return switch (option.type()) {
      case BOOL, FLAG -> new SettingValue.Bool(true);
      case CHOICE, CHOICE_INT -> option.bounds().values().get(0);
      case SWITCH, INT, BITMASK ->
          new SettingValue.Int(Objects.requireNonNull(option.bounds().min()));
      case TEXT, LINES -> text;
      case TEXT_LIST -> new SettingValue.Items(List.of(text));
      case PORT_LIST, INT_VECTOR -> new SettingValue.Items(List.of(new SettingValue.Int(22)));
      case PORT_RANGE_LIST ->
          new SettingValue.Items(List.of(new SettingValue.PortRange(8000, 8010)));
      case LISTEN_ADDRESS_LIST ->
          new SettingValue.Items(
              List.of(
                  new SettingValue.ListenAddress("10.0.0.5", null),
                  new SettingValue.ListenAddress("2001:db8::5", 2222)));
      default -> throw new IllegalStateException("No value for " + option.type());
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"homelab-lan", "wan-exposed", "kernel-baseline"})
  void shippedProfileEvaluatesWhole(String profile) throws IOException {
    JsonNode host = EvaluatedModule.of(golden(profile));
    assertThat(host.at("/profile/absent")).isEmpty();
    assertThat(host.at("/profile/declared").size()).isPositive();
    assertThat(host.at("/profile/overridden")).isEmpty();
  }

  @Test
  void lookingIntoADeclarationIsInfiniteRecursion() throws IOException {
    String module = golden("wan-exposed");
    assertThat(module).contains(NAMES_ONLY);
    Tools.Output output =
        EvaluatedModule.evaluated(
            module.replace(NAMES_ONLY, FORCED), Map.of("it", new Configuration("{ }")));
    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).contains("infinite recursion");
  }

  @Test
  void keyWithinAnAbsentOptionIsAbsent() throws IOException {
    JsonNode host =
        EvaluatedModule.beside(
                golden("wan-exposed"),
                Map.of("it", new Configuration("{ }", List.of("openssh", "firewall"))))
            .get("it");
    List<String> absent = new ArrayList<>();
    host.at("/profile/absent").forEach(key -> absent.add(key.textValue()));
    assertThat(absent)
        .contains("services.openssh.settings.MaxAuthTries", "networking.firewall.enable");
    assertThat(Stream.of(host.get("failed")).allMatch(JsonNode::isEmpty)).isTrue();
  }

  private static String golden(String name) throws IOException {
    return new String(
        CatalogOptionsTest.class
            .getResourceAsStream("/dev/palisade/release/golden/palisade.nix-1/" + name + ".nix")
            .readAllBytes(),
        StandardCharsets.UTF_8);
  }
}
