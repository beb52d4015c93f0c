package dev.palisade.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.core.DomainException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {

  private final Catalog catalog = CatalogFiles.shipped();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net.ipv4.tcp_syncookies | ' 1 ' | 1",
        "net.ipv4.conf.all.rp_filter | 2 | 2",
        "net.ipv4.tcp_rmem | 4096 131072  6291456 | [4096,131072,6291456]",
        "net.core.default_qdisc | fq | \"fq\"",
        "networking.firewall.enable | true | true",
        "networking.firewall.allowedTCPPorts | '53, 80 443' | [53,80,443]",
        "networking.firewall.allowedTCPPorts | '' | []",
        "networking.firewall.allowedTCPPortRanges | 8000-8010 | [{\"from\":8000,\"to\":8010}]",
        "services.openssh.listenAddresses | '' | []",
        "services.openssh.listenAddresses | 10.0.0.5 | [{\"addr\":\"10.0.0.5\"}]",
        "services.openssh.listenAddresses | 10.0.0.5:2222 ::1 | [{\"addr\":\"10.0.0.5\",\"port\":2222},{\"addr\":\"::1\"}]",
        "services.openssh.listenAddresses | [fe80::1%eth0]:22 | [{\"addr\":\"fe80::1%eth0\",\"port\":22}]",
        "services.openssh.listenAddresses | host.example | [{\"addr\":\"host.example\"}]",
        "networking.firewall.checkReversePath | loose | \"loose\"",
        "networking.firewall.checkReversePath | true | true",
      })
  void readsWhatPeopleType(String key, String typed, String json) throws IOException {
    assertThat(ValueText.read(setting(key), typed).toJson().toString()).isEqualTo(json);
    assertThat(catalog.faults(setting(key), ValueText.read(setting(key), typed))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "net.ipv4.tcp_syncookies,''",
    "net.ipv4.tcp_syncookies,on",
    "net.ipv4.tcp_syncookies,1.5",
    "net.ipv4.tcp_syncookies,99999999999999999999",
    "networking.firewall.enable,yes",
    "networking.firewall.allowedTCPPorts,ssh",
    "networking.firewall.allowedTCPPortRanges,8000",
    "net.core.default_qdisc,''"
  })
  void saysWhatItCannotRead(String key, String typed) {
    assertThatThrownBy(() -> ValueText.read(setting(key), typed))
        .isInstanceOf(DomainException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.5:0", "10.0.0.5:70000", "10.0.0", "[::1", "a;b", "-x", "10.0.0.5:ssh"})
  void addressThatIsNoneIsAFault(String typed) {
    Setting addresses = setting("services.openssh.listenAddresses");
    assertThat(catalog.faults(addresses, ValueText.read(addresses, typed))).isNotEmpty();
  }

  @Test
  void addressesReadBackAsTheyWereWritten() {
    Setting addresses = setting("services.openssh.listenAddresses");
    SettingValue value = ValueText.read(addresses, "10.0.0.5 [2001:db8::1]:2222 ::");
    assertThat(ValueText.read(addresses, ValueText.write(addresses, value))).isEqualTo(value);
    SettingValue texts =
        new SettingValue.Items(
            List.of(new SettingValue.Text("10.0.0.5"), new SettingValue.Text("${mgmt}")));
    assertThat(ValueText.typed(addresses, texts).toJson().toString())
        .isEqualTo("[{\"addr\":\"10.0.0.5\"},\"${mgmt}\"]");
  }

  @Test
  void readsBackEveryValueThatItWrote() throws IOException {
    for (JsonNode row :
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/dev/palisade/profile/homelab-lan.json"))
            .get("settings")) {
      SettingValue value = SettingValue.fromJson(row.get("value"), "");
      Setting setting = setting(row.get("key").textValue());
      assertThat(ValueText.read(setting, ValueText.write(setting, value))).isEqualTo(value);
    }
    for (Setting setting : catalog.settings()) {
      if (setting.kernelDefault() != null) {
        assertThat(ValueText.read(setting, ValueText.write(setting, setting.kernelDefault())))
            .as(setting.key())
            .isEqualTo(setting.kernelDefault());
      }
    }
  }

  private Setting setting(String key) {
    return catalog.find(key).orElseThrow();
  }
}
