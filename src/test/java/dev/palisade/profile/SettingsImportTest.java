package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.profile.SettingsImport.Format;
import dev.palisade.profile.SettingsImport.Imported;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsImportTest {

  private final Catalog catalog = CatalogFiles.shipped();

  @Test
  void theSeedsSnippetsGiveTheDigestOfHomelabLan() throws IOException {
    Imported imported = read(Format.NIX, seed());
    assertThat(imported.notUnderstood()).isEmpty();
    assertThat(imported.readings()).hasSize(9).allMatch(n -> n.why().contains("the comment"));
    assertThat(imported.content().digest()).isEqualTo(homelabLan().digest());
  }

  @Test
  void withoutTheCommentAGlobIsLiteral() {
    String glob = "\"net.ipv4.conf.*.accept_redirects\" = 0;\n\"net.ipv4.conf.*.rp_filter\" = 1;";
    Imported literal = read(Format.NIX, glob);
    assertThat(literal.content().settings())
        .extracting(ProfileSetting::key)
        .containsExactly("net.ipv4.conf.*.rp_filter");
    assertThat(literal.notUnderstood()).extracting(Note::line).containsExactly(1);
    Imported both = SettingsImport.read(Format.NIX, glob, true, catalog);
    assertThat(both.content().settings())
        .extracting(ProfileSetting::key)
        .containsExactly(
            "net.ipv4.conf.*.rp_filter",
            "net.ipv4.conf.all.accept_redirects",
            "net.ipv4.conf.default.accept_redirects");
    assertThat(both.readings()).hasSize(1);
  }

  @Test
  void readsAWholeModule() {
    Imported imported =
        read(
            Format.NIX,
            """
            { config, lib, pkgs, ... }:
            {
              imports = [ ./hardware.nix ];
              boot.kernel.sysctl = {
                "kernel.sysrq" = lib.mkDefault 0;
                "net.ipv4.tcp_syncookies" = true;
                "net.ipv4.tcp_rmem" = "4096 131072 6291456";
                "kernel.no_such_key" = 1;
                "net.ipv4.tcp_sack" = null;
                "net.ipv4.icmp_ratelimit" = pkgs.lib.toInt "3";
              };
              boot.kernelParams = [ "slab_nomerge" "init_on_alloc=1" "quiet" ];
              boot.blacklistedKernelModules = [ "dccp" ];
              networking.firewall = {
                enable = true;
                allowedTCPPorts = [ 80 443 70000 ];
              };
              services.openssh.settings.PasswordAuthentication = false;
            }
            """);
    assertThat(imported.content().settings())
        .extracting(ProfileSetting::key)
        .containsExactlyInAnyOrder(
            "kernel.sysrq",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.tcp_rmem",
            "slab_nomerge",
            "init_on_alloc",
            "dccp",
            "networking.firewall.enable",
            "services.openssh.settings.PasswordAuthentication");
    assertThat(imported.notUnderstood())
        .extracting(Note::line)
        .containsExactlyInAnyOrder(3, 8, 10, 12, 16);
    assertThat(imported.content().find("net.ipv4.tcp_syncookies").orElseThrow().value())
        .isEqualTo(new SettingValue.Int(1));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          boot = { kernel = { sysctl = { "kernel.sysrq" = 0; }; }; };             | kernel.sysrq=0
          boot.kernel.sysctl."kernel.sysrq" = 0;                                  | kernel.sysrq=0
          sysctl = { "kernel.sysrq" = 0; };                                       | kernel.sysrq=0
          "kernel.sysrq" = 0;                                                     | kernel.sysrq=0
          { boot.kernel.sysctl = lib.mkForce { "kernel.sysrq" = mkDefault 0; }; } | kernel.sysrq=0
          "net.ipv4.tcp_rmem" = lib.mkForce "4096 131072 6291456";                | net.ipv4.tcp_rmem=4096 131072 6291456
          "net.ipv4.tcp_syncookies" = lib.mkDefault true;                         | net.ipv4.tcp_syncookies=1
          "net.ipv4.tcp_syncookies" = "1"; # why                                  | net.ipv4.tcp_syncookies=1
          "net.core.default_qdisc" = "fq"; /* why */                              | net.core.default_qdisc=fq
          firewall = { enable = true; allowedTCPPorts = [ 80 443 ]; };            | networking.firewall.allowedTCPPorts=80 443 networking.firewall.enable=true
          networking.firewall.allowedTCPPorts = lib.mkForce [ 80 ];               | networking.firewall.allowedTCPPorts=80
          firewall.interfaces."eth0.100".allowedTCPPorts = [ 22 ];                | networking.firewall.interfaces."eth0.100".allowedTCPPorts=22
          firewall.interfaces.eth0 = { allowedTCPPorts = [ 22 ]; };               | networking.firewall.interfaces.eth0.allowedTCPPorts=22
          firewall.allowedTCPPortRanges = [ { from = 8000; to = 8010; } ];        | networking.firewall.allowedTCPPortRanges=8000-8010
          config = { networking.firewall.allowPing = lib.mkDefault false; };      | networking.firewall.allowPing=false
          openssh = { settings.PasswordAuthentication = false; };                 | services.openssh.settings.PasswordAuthentication=false
          { lib, ... }: with lib; { security.protectKernelImage = mkForce true; } | security.protectKernelImage=true
          """)
  void everyWayToWriteALiteralIsRead(String text, String expected) {
    Imported imported = read(Format.NIX, text);
    assertThat(imported.notUnderstood()).isEmpty();
    assertThat(
            imported.content().settings().stream()
                .map(s -> s.key() + "=" + s.value().display())
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"kernel.core_pattern\" = \"${builtins.readFile \"/etc/passwd\"}\";",
        "\"kernel.core_pattern\" = builtins.readFile \"/etc/passwd\";",
        "\"kernel.sysrq\" = import /etc/passwd;",
        "\"kernel.${builtins.readFile \"/etc/passwd\"}\" = 1;",
      })
  void nothingIsEvaluated(String text) {
    Imported imported = read(Format.NIX, text);
    assertThat(imported.content().settings()).isEmpty();
    assertThat(imported.notUnderstood()).isNotEmpty();
    assertThat(imported.toString()).doesNotContain("root:");
  }

  @Test
  void noiseIsReadToItsEndAndNamed() {
    byte[] noise = new byte[1_000_000];
    new Random(7).nextBytes(noise);
    String text = new String(noise, StandardCharsets.ISO_8859_1);
    for (Format format : List.of(Format.NIX, Format.SYSCTL)) {
      Imported imported = read(format, text);
      assertThat(imported.content().settings()).isEmpty();
      assertThat(imported.notUnderstood()).isNotEmpty().hasSizeLessThanOrEqualTo(1_000);
    }
    assertThat(read(Format.NIX, "{".repeat(1_000_000)).notUnderstood()).isNotEmpty();
    assertThatThrownBy(() -> read(Format.JSON, text)).isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> read(Format.JSON, "[".repeat(1_000_000)))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(() -> read(Format.NIX, "#".repeat(10_000_000)))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void readsWhatSysctlReads() {
    Imported imported =
        read(
            Format.SYSCTL,
            """
            # comment
            ; comment
            net.ipv4.tcp_syncookies = 1
            -kernel.sysrq=0
            net/ipv4/conf/all/rp_filter = 2
            net.ipv4.tcp_rmem = 4096 131072\t6291456
            net.ipv4.tcp_syncookies = 0
            kernel.sysrq
            net.ipv4.tcp_sack = yes
            """);
    assertThat(imported.content().settings()).hasSize(4);
    assertThat(imported.notUnderstood()).extracting(Note::line).containsExactlyInAnyOrder(8, 9);
    assertThat(imported.content().find("net.ipv4.tcp_syncookies").orElseThrow().value())
        .isEqualTo(new SettingValue.Int(0));
  }

  @Test
  void jsonGivesTheSameDigestAgain() throws IOException {
    VersionContent content =
        homelabLan()
            .with(new ProfileSetting("kernel.sysrq", new SettingValue.Int(0), "why “not”", false));
    assertThat(read(Format.JSON, content.canonical()).content().digest())
        .isEqualTo(content.digest());
  }

  @Test
  void everyFaultOfAVersionInJsonIsToldWithItsPlace() {
    assertThatThrownBy(
            () ->
                read(
                    Format.JSON,
                    "{\"settings\":[{\"key\":\"kernel.sysrq\",\"value\":0},"
                        + "{\"key\":\"net.ipv4.tcp_sack\",\"value\":7},{\"key\":\"no.such\"}]}"))
        .asInstanceOf(InstanceOfAssertFactories.type(DomainException.class))
        .extracting(DomainException::faults, InstanceOfAssertFactories.list(Fault.class))
        .extracting(Fault::detail)
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("settings/1/value: net.ipv4.tcp_sack takes"),
            two -> assertThat(two).startsWith("settings/2/key: The catalog has no setting"),
            three -> assertThat(three).startsWith("settings/2/value: A value is missing."));
  }

  private Imported read(Format format, String text) {
    return SettingsImport.read(format, text, false, catalog);
  }

  private static VersionContent homelabLan() throws IOException {
    List<ProfileSetting> settings = new ArrayList<>();
    for (JsonNode row :
        new ObjectMapper()
            .readTree(
                SettingsImportTest.class.getResourceAsStream(
                    "/dev/palisade/profile/homelab-lan.json"))
            .get("settings")) {
      settings.add(
          new ProfileSetting(
              row.get("key").textValue(), SettingValue.fromJson(row.get("value"), "")));
    }
    return new VersionContent(settings);
  }

  private static String seed() throws IOException {
    try (InputStream in =
        SettingsImportTest.class.getResourceAsStream("/dev/palisade/profile/seed-snippets.nix")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
