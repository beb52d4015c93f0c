package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingKind;
import dev.palisade.testing.PlainTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedProfilesTest {

  private final Catalog catalog = CatalogFiles.shipped();

  @Test
  void homelabLanIsTheSeed() throws IOException {
    assertThat(kinds(read("homelab-lan")))
        .isEqualTo(Map.of(SettingKind.SYSCTL, 45L, SettingKind.NIXOS_OPTION, 4L));
  }

  @Test
  void wanExposedLeavesItsInterfacesToTheOperator() throws IOException {
    VersionContent content = read("wan-exposed");
    assertThat(kinds(content))
        .isEqualTo(Map.of(SettingKind.SYSCTL, 129L, SettingKind.NIXOS_OPTION, 34L));
    assertThat(content.settings()).allMatch(s -> !s.reason().isBlank());
    assertThat(content.parameters())
        .allMatch(p -> p.type() == ParameterType.INTERFACE && p.standard() == null)
        .extracting(Parameter::name)
        .containsExactly("lan", "mgmt");
    assertThat(content.find("networking.firewall.interfaces.${mgmt}.allowedTCPPorts"))
        .map(s -> s.value().display())
        .hasValue("22");
    assertThat(content.find("services.openssh.ports")).isEmpty();
  }

  @Test
  void kernelBaselineHoldsWhatNeedsAReboot() throws IOException {
    VersionContent content = read("kernel-baseline");
    assertThat(kinds(content))
        .isEqualTo(
            Map.of(
                SettingKind.KERNEL_PARAM,
                23L,
                SettingKind.MODULE_BLACKLIST,
                22L,
                SettingKind.NIXOS_OPTION,
                2L));
    assertThat(content.settings()).allMatch(s -> !s.reason().isBlank());
  }

  @Test
  void everyReasonIsPlainAndItsOwn() throws IOException {
    PlainTexts texts = new PlainTexts();
    for (String slug : List.of("wan-exposed", "kernel-baseline")) {
      read(slug).settings().forEach(s -> texts.add(slug + " " + s.key(), s.reason()));
    }
    assertThat(texts.faults()).isEmpty();
  }

  @Test
  void noneContradictsItself() throws IOException {
    for (String slug : List.of("homelab-lan", "wan-exposed", "kernel-baseline")) {
      VersionContent content = read(slug);
      for (ProfileSetting setting : content.settings()) {
        assertThat(Advice.on(setting, content, catalog))
            .as("%s %s", slug, setting.key())
            .noneMatch(Advice::grave);
      }
    }
  }

  private Map<SettingKind, Long> kinds(VersionContent content) {
    Map<SettingKind, Long> kinds = new EnumMap<>(SettingKind.class);
    content
        .settings()
        .forEach(s -> kinds.merge(catalog.find(s.key()).orElseThrow().kind(), 1L, Long::sum));
    return kinds;
  }

  /** As an installation reads it: every entry passes the checks that everybody's entries pass. */
  private VersionContent read(String slug) throws IOException {
    String text =
        new String(
            getClass()
                .getResourceAsStream("/dev/palisade/profile/" + slug + ".json")
                .readAllBytes(),
            StandardCharsets.UTF_8);
    ObjectNode version = (ObjectNode) new ObjectMapper().readTree(text);
    version.remove(List.of("slug", "name", "description"));
    return SettingsImport.read(SettingsImport.Format.JSON, version.toString(), false, catalog)
        .content();
  }
}
