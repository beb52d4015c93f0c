package dev.palisade.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.testing.PlainTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFilesTest {

  private static final String ENTRY =
      """
      {"key":"net.x","kind":"sysctl","type":"int","label":"X","bounds":{"min":0,"max":9},
       "severity":"low","description":"An example."}
      """;

  private final Catalog catalog = CatalogFiles.shipped();

  @Test
  void holdsAll287Settings() {
    Map<SettingKind, Integer> kinds = new HashMap<>();
    catalog.settings().forEach(s -> kinds.merge(s.kind(), 1, Integer::sum));
    assertThat(kinds)
        .containsOnly(
            Map.entry(SettingKind.SYSCTL, 179),
            Map.entry(SettingKind.NIXOS_OPTION, 60),
            Map.entry(SettingKind.KERNEL_PARAM, 26),
            Map.entry(SettingKind.MODULE_BLACKLIST, 22));
  }

  @Test
  void acceptsEveryValueOfTheShippedProfile() throws Exception {
    JsonNode profile =
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/dev/palisade/profile/homelab-lan.json"));
    Map<SettingKind, Integer> kinds = new HashMap<>();
    for (JsonNode row : profile.get("settings")) {
      Setting setting = catalog.find(row.get("key").textValue()).orElseThrow();
      kinds.merge(setting.kind(), 1, Integer::sum);
      assertThat(catalog.faults(setting, SettingValue.fromJson(row.get("value"), "")))
          .as(setting.key())
          .isEmpty();
    }
    assertThat(kinds)
        .containsOnly(Map.entry(SettingKind.SYSCTL, 45), Map.entry(SettingKind.NIXOS_OPTION, 4));
  }

  @Test
  void everyTextIsPlainAndItsOwn() {
    PlainTexts texts = new PlainTexts();
    for (Setting s : catalog.settings()) {
      texts.add(s.key() + " description", s.description());
      texts.add(s.key() + " riskIfSet", s.riskIfSet());
      texts.add(s.key() + " riskIfNotSet", s.riskIfNotSet());
      if (!s.ifWeaker().isEmpty()) {
        texts.add(s.key() + " ifWeaker", s.ifWeaker());
      }
      if (s.noEffect() != null) {
        texts.add(s.key() + " noEffect", s.noEffect());
      }
      for (int i = 0; i < s.facts().size(); i++) {
        texts.add(s.key() + " fact " + i, s.facts().get(i).text());
      }
    }
    assertThat(texts.faults()).isEmpty();
  }

  @Test
  void knowsHowTheKernelCombinesInterfaces() {
    assertThat(rule("net.ipv4.conf.all.rp_filter")).isEqualTo(CombineRule.MAX);
    assertThat(rule("net.ipv4.conf.all.log_martians")).isEqualTo(CombineRule.OR);
    assertThat(rule("net.ipv4.conf.all.accept_source_route")).isEqualTo(CombineRule.AND);
    assertThat(rule("net.ipv4.conf.all.forwarding")).isEqualTo(CombineRule.BROADCAST);
    assertThat(rule("net.ipv4.conf.all.accept_redirects"))
        .isEqualTo(CombineRule.OR_UNLESS_FORWARDING);
    assertThat(rule("net.ipv6.conf.all.accept_ra")).isEqualTo(CombineRule.INTERFACE_ONLY);
    assertThat(rule("net.ipv4.tcp_sack")).isEqualTo(CombineRule.NONE);
  }

  private CombineRule rule(String key) {
    return catalog.find(key).orElseThrow().combine();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net.ipv4.tcp_sack | 2 | 0 (off) or 1 (on)",
        "net.ipv4.tcp_sack | true | 0 (off) or 1 (on)",
        "net.ipv4.conf.all.rp_filter | 7 | 1 (strict)",
        "net.ipv4.icmp_ratelimit | -1 | a whole number from 0",
        "net.ipv4.icmp_ratelimit | \"100\" | a whole number from 0",
        "net.ipv4.tcp_rmem | [1, 2] | a list of 3 whole numbers",
        "networking.firewall.enable | 1 | true or false",
        "networking.firewall.allowedTCPPorts | [53, 70000] | element 2",
        "networking.firewall.allowedTCPPorts | [53, 53] | twice",
        "networking.firewall.allowedTCPPorts | 53 | a list of ports",
        "net.ipv4.tcp_congestion_control | \"bbr\\nkernel.x = 1\" | line breaks",
        "net.ipv4.tcp_congestion_control | \"bbr\\u0000\" | NUL",
        "net.ipv4.tcp_congestion_control | \"\" | not empty",
        "boot.kernelParams | [\"a b\"] | spaces",
        "nosmt | false | true",
      })
  void refusesWhatASettingDoesNotTake(String key, String json, String message) throws Exception {
    SettingValue value = SettingValue.fromJson(new ObjectMapper().readTree(json), "/value");
    assertThat(catalog.faults(catalog.find(key).orElseThrow(), value))
        .singleElement()
        .asString()
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"max\":9' | '\"max\":-1' | the least value is greater",
        "'\"bounds\":{\"min\":0,\"max\":9},' | '' | a least and a greatest value",
        "'\"type\":\"int\"' | '\"type\":\"float\"' | unknown type",
        "'\"severity\":\"low\"' | '\"severity\":\"huge\"' | unknown severity",
        "'\"label\":\"X\"' | '\"label\":\" \"' | must say something",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"colour\":1' | colour",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"label\":\"Y\"' | Duplicate",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"kernelDefault\":10' | default: net.x takes",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"acceptable\":[10]' | acceptable: net.x takes",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"alias\":\"net.y\"' | alias of the unknown net.y",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"merge\":\"add\"' | only lists are merged",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"combine\":\"all OR iface\"' | a combine rule",
        "'net.x' | 'net.ipv4.conf.all.x' | a combine rule",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"stricter\":\"up\"' | unknown order",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"stricter\":\"lower\"' | what a weaker value lets happen",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"ifWeaker\":\"Y.\",\"stricter\":[1]' | at least two values",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"ifWeaker\":\"Y.\",\"stricter\":[1,[2,1]]' | each value once",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"ifWeaker\":\"Y.\",\"stricter\":[1,[]]' | each value once",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"ifWeaker\":\"Y.\",\"stricter\":[1,10]' | stricter: net.x takes",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"ifWeaker\":\"Y.\",\"stricter\":[1,\"a\"]' | stricter: net.x takes",
        "'\"type\":\"int\",\"label\":\"X\"' | '\"type\":\"bool-int\",\"label\":\"X\",\"ifWeaker\":\"Y.\",\"stricter\":\"lower-unless-zero\"' | values of this type",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"ifWeaker\":\"Y.\",\"references\":[\"R\"],\"stricter\":\"lower\",\"acceptable\":[1,2]' | contradict",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"unset\":{\"value\":10,\"by\":\"NixOS\"}' | unset: net.x takes",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"unset\":{\"value\":1,\"by\":\"NixOS\",\"weakest\":true}' | not both",
        "'\"label\":\"X\"' | '\"label\":\"X\",\"controls\":[{\"benchmark\":\"B\",\"id\":\"\"}]' | a control",
      })
  void refusesACatalogWithAFault(String part, String broken, String message) {
    assertThat(parse(ENTRY)).isNotNull();
    assertThatThrownBy(() -> parse(ENTRY.replace(part, broken)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesASettingThatStandsTwice() {
    assertThatThrownBy(() -> parse(ENTRY + "," + ENTRY)).hasMessageContaining("twice");
  }

  @Test
  void namesItsContentByADigest() {
    assertThat(parse(ENTRY).version()).isEqualTo(parse(ENTRY).version());
    assertThat(parse(ENTRY).version())
        .isNotEqualTo(parse(ENTRY.replace("An example", "Another")).version());
  }

  @Test
  void findsByWordsWithKeysFirst() {
    List<Setting> found = catalog.search("rp_filter", null);
    assertThat(found.get(0).key()).contains("rp_filter");
    assertThat(catalog.search("RP_FILTER all", SettingKind.SYSCTL))
        .extracting(Setting::key)
        .contains("net.ipv4.conf.all.rp_filter");
    assertThat(catalog.search("RHEL-09-251045", null))
        .extracting(Setting::key)
        .contains("net.core.bpf_jit_harden");
    assertThat(catalog.search("no such thing at all", null)).isEmpty();
    assertThat(catalog.search(" ", null)).hasSize(287);
    assertThat(catalog.search(null, SettingKind.KERNEL_PARAM)).hasSize(26);
  }

  @Test
  void tellsSecretsByTheEndOfTheKey() {
    assertThat(Catalog.isSecret("net.ipv6.conf.eth0.stable_secret")).isTrue();
    assertThat(Catalog.isSecret("net.ipv4.tcp_fastopen_key")).isTrue();
    assertThat(Catalog.isSecret("net.ipv4.tcp_fastopen")).isFalse();
  }

  private static CatalogFiles parse(String settings) {
    return CatalogFiles.parse(
        Map.of("x.json", "{\"family\":\"Example\",\"settings\":[" + settings + "]}"));
  }
}
