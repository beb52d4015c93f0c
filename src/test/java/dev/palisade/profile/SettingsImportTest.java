package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.profile.SettingsImport.Format;
import dev.palisade.profile.SettingsImport.Imported;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    assertThat(both.content().settings()).hasSize(4);
    assertThat(both.readings()).hasSize(2);
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
    assertThat(imported.notUnderstood()).extracting(Note::line).containsExactly(7, 8, 9);
  }

  @Test
  void jsonGivesTheSameDigestAgain() throws IOException {
    VersionContent content =
        homelabLan()
            .with(new ProfileSetting("kernel.sysrq", new SettingValue.Int(0), "why “not”", false));
    assertThat(read(Format.JSON, content.canonical()).content().digest())
        .isEqualTo(content.digest());
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
