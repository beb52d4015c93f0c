package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.core.DomainException;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.profile.SettingsImport.Imported;
import dev.palisade.profile.SettingsImport.Options;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes of real configurations, and what a host with them runs. */
class ImportCasesTest {

  private final Catalog catalog = CatalogFiles.shipped();

  @Nested
  class OtherConfigurations {

    @Test
    void specialisationIsNotTheHost() {
      Imported read =
          read(
              """
              { ... }:
              {
                boot.kernel.sysctl."kernel.dmesg_restrict" = 1;
                boot.kernelParams = [ "slab_nomerge" ];

                specialisation.lab.configuration = {
                  boot.kernel.sysctl."kernel.kptr_restrict" = 0;
                  boot.kernelParams = [ "mitigations=off" ];
                };
              }
              """);
      assertThat(settings(read)).isEqualTo("kernel.dmesg_restrict=1 slab_nomerge=true");
      assertThat(read.notUnderstood()).extracting(Note::line).containsExactly(7, 8);
      assertThat(read.notUnderstood())
          .allMatch(n -> n.why().contains("specialisation.lab.configuration"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "containers.web.config.networking.firewall.allowedTCPPorts = [ 80 ];",
          "virtualisation.vmVariant.networking.firewall.enable = false;",
          "virtualisation.vmVariantWithBootLoader = { services.openssh.enable = true; };",
          "home-manager.users.alice.services.openssh.enable = true;",
          "nodes.gate.boot.kernelParams = [ \"mitigations=off\" ];",
          "specialisation.x = { configuration.boot.blacklistedKernelModules = [ \"dccp\" ]; };",
          "options.services.openssh.enable = true;",
        })
    void nestedConfigurationIsListed(String line) {
      Imported read =
          read("{ ... }:\n{\n  boot.kernelParams = [ \"slab_nomerge\" ];\n" + line + "}");
      assertThat(settings(read)).isEqualTo("slab_nomerge=true");
      assertThat(read.notUnderstood()).extracting(Note::line).containsExactly(4);
    }
  }

  @Nested
  class SysctlConf {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "net.ipv4.tcp_syncookies = 0;kernel.kptr_restrict = 1;net.ipv4.tcp_syncookies = 1;"
              + "kernel.kptr_restrict = 2 | kernel.kptr_restrict=2 net.ipv4.tcp_syncookies=1",
          "kernel.sysrq=1;kernel/sysrq=0 | kernel.sysrq=0",
          "net.ipv4.ip_forward = 0;net.ipv4.conf.all.forwarding = 1 |"
              + " net.ipv4.conf.all.forwarding=1",
          "net.ipv4.conf.all.forwarding = 1;net.ipv4.ip_forward = 0 | net.ipv4.ip_forward=0",
          "-kernel.sysrq = 4 | kernel.sysrq=4",
          "kernel.sysrq = 4;-kernel.sysrq | ''",
          "net/ipv4/conf/all/rp_filter = 2 | net.ipv4.conf.all.rp_filter=2",
          "net.ipv4.conf.*.rp_filter = 1;net.ipv4.conf.all.rp_filter = 0 |"
              + " net.ipv4.conf.*.rp_filter=1 net.ipv4.conf.all.rp_filter=0",
          "net.ipv4.conf.all.log_martians = 1;net.ipv4.conf.*.log_martians = 0 |"
              + " net.ipv4.conf.all.log_martians=1 net.ipv4.conf.default.log_martians=0",
          "net.ipv4.conf.*.log_martians = 0;-net.ipv4.conf.default.log_martians |"
              + " net.ipv4.conf.all.log_martians=0",
        })
    void lastLineAndExplicitKeyCount(String lines, String expected) {
      Imported read =
          SettingsImport.read(
              new Options(SettingsImport.Format.SYSCTL, true, false),
              lines.replace(';', '\n'),
              catalog);
      assertThat(settings(read)).isEqualTo(expected);
      assertThat(read.notUnderstood()).isEmpty();
    }

    @Test
    void anExclusionNamesTheGlobThatSetsTheKey() {
      Imported read =
          SettingsImport.read(
              new Options(SettingsImport.Format.SYSCTL, false, false),
              "-net.ipv4.conf.default.rp_filter\nnet.ipv4.conf.*.rp_filter = 1\n",
              catalog);
      assertThat(read.readings().toString())
          .contains("net.ipv4.conf.*.rp_filter in this draft sets the key as well");
    }

    @Test
    void keyOfOneInterfaceKeepsItsDots() {
      Imported read = read("net/ipv4/conf/eth0.100/rp_filter = 1\nvm.unknown_thing = 1 2 3\n");
      assertThat(read.proposals())
          .extracting(p -> p.key() + " " + p.declared().type().code())
          .containsExactly(
              "net.ipv4.conf.eth0/100.rp_filter enum-int", "vm.unknown_thing int-vector");
    }
  }

  @Nested
  class Modules {

    @Test
    void literalsUnderConditionAreTakenWithNote() {
      Imported read =
          read(
              """
              { config, lib, ... }:
              let
                cfg = config.site.baseline;
              in
              {
                options.site.baseline.enable = lib.mkEnableOption "the baseline";
                config = lib.mkIf cfg.enable {
                  boot.kernel.sysctl."kernel.dmesg_restrict" = 1;
                  networking.firewall.allowedTCPPorts = [ 22 ];
                };
              }
              """);
      assertThat(settings(read))
          .isEqualTo("kernel.dmesg_restrict=1 networking.firewall.allowedTCPPorts=22");
      assertThat(read.readings())
          .filteredOn(n -> n.why().contains("mkIf cfg.enable"))
          .extracting(Note::line)
          .containsExactly(8, 9);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{ lib, ... }: lib.mkMerge [ { boot.kernel.sysctl.\"kernel.sysrq\" = lib.mkDefault 1; }"
              + " { boot.kernel.sysctl.\"kernel.sysrq\" = 0; } ] | kernel.sysrq=0",
          "{ lib, ... }: lib.mkMerge [ { boot.kernel.sysctl.\"kernel.sysrq\" = lib.mkForce 1; }"
              + " { boot.kernel.sysctl.\"kernel.sysrq\" = 0; } ] | kernel.sysrq=1",
          "{ lib, ... }: lib.mkMerge [ { boot.kernel.sysctl.\"kernel.sysrq\" = lib.mkOverride 10 1;"
              + " } { boot.kernel.sysctl.\"kernel.sysrq\" = lib.mkForce 0; } ] | kernel.sysrq=1",
          "{ lib, ... }: lib.mkMerge [ { boot.kernel.sysctl.\"kernel.sysrq\" = 1; }"
              + " { boot.kernel.sysctl.\"kernel.sysrq\" = 0; } ] | ''",
          "{ lib, ... }: lib.mkMerge [ (lib.mkIf a { boot.kernel.sysctl.\"kernel.sysrq\" = 1; })"
              + " (lib.mkIf b { boot.kernel.sysctl.\"kernel.sysrq\" = 0; }) ] | ''",
          "{ lib, ... }: { imports = [ ]; config = lib.mkMerge [ {"
              + " networking.firewall.allowedTCPPorts = [ 80 ]; } {"
              + " networking.firewall.allowedTCPPorts = lib.mkBefore [ 22 ]; } ]; } |"
              + " networking.firewall.allowedTCPPorts=22 80",
          "{ lib, ... }: { networking.firewall.allowedTCPPorts = lib.mkIf x [ 22 ]; } |"
              + " networking.firewall.allowedTCPPorts=22",
        })
    void prioritiesDecideAsInTheModuleSystem(String text, String expected) {
      assertThat(settings(read(text))).isEqualTo(expected);
    }

    @Test
    void conflictShowsBothValues() {
      Imported read =
          read(
              """
              { lib, ... }: lib.mkMerge [
                (lib.mkIf laptop { boot.kernel.sysctl."kernel.sysrq" = 1; })
                (lib.mkIf server { boot.kernel.sysctl."kernel.sysrq" = 0; })
              ]
              """);
      assertThat(read.notUnderstood()).extracting(Note::line).containsExactly(2, 3);
      assertThat(read.notUnderstood().get(0).why())
          .contains("line 2 says 1 under mkIf laptop", "line 3 says 0 under mkIf server");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{ config, lib, ... }@args:\n{ boot.kernel.sysctl.\"kernel.sysrq\" = 0; }",
          "args @ { config, ... }: { boot.kernel.sysctl.\"kernel.sysrq\" = 0; }",
          "{ pkgs ? null, ... } @ a: with a; { boot.kernel.sysctl.\"kernel.sysrq\" = 0; }",
          "inputs: { config, ... }: let x = let y = 1; in y; in { config.boot.kernel.sysctl ="
              + " { \"kernel.sysrq\" = 0; }; }",
          "# head\n{ ... }: rec { boot = { kernel.sysctl.\"kernel.sysrq\" = 0; }; }",
        })
    void everyModuleHeadIsRead(String text) {
      assertThat(settings(read(text))).isEqualTo("kernel.sysrq=0");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"usb_storage\" \"firewire_core\" \"dccp\" | dccp firewire-core usb-storage",
          "\"usb-storage\" \"usb_storage\" | usb-storage",
          "\"firewire_core\" | firewire-core",
          "\"firewire-core\" \"usb_storage\" | firewire-core usb-storage",
        })
    void hyphenAndUnderscoreAreOneLetter(String modules, String expected) {
      Imported read = read("{ ... }: { boot.blacklistedKernelModules = [ " + modules + " ]; }");
      assertThat(read.content().settings().stream().map(ProfileSetting::key))
          .isEqualTo(java.util.List.of(expected.split(" ")));
    }

    @Test
    void keyThatIsNotQuotedIsTakenWithNote() {
      Imported read = read("{ ... }: { boot.kernel.sysctl.kernel.sysrq = 0; }");
      assertThat(settings(read)).isEqualTo("kernel.sysrq=0");
      assertThat(read.readings()).anyMatch(n -> n.why().contains("one quoted name"));
    }

    @Test
    void boundsOfAnotherArchitectureAreNamed() {
      Imported read =
          read(
              """
              { inputs, ... }:
              {
                imports = [ ./disk.nix inputs.self.nixosModules.server ];
                nixpkgs.hostPlatform = "aarch64-linux";
                boot.kernel.sysctl."vm.mmap_rnd_bits" = 18;
              }
              """);
      assertThat(settings(read)).isEqualTo("vm.mmap_rnd_bits=18");
      assertThat(read.readings())
          .anyMatch(n -> n.line() == 5 && n.why().contains("aarch64 and riscv64 only"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "services.openssh.passwordAuthentication = false; |"
              + " services.openssh.settings.PasswordAuthentication=false",
          "services.openssh.permitRootLogin = \"no\"; |"
              + " services.openssh.settings.PermitRootLogin=no",
          "services.openssh.forwardX11 = false; | services.openssh.settings.X11Forwarding=false",
          "services.openssh.challengeResponseAuthentication = false; |"
              + " services.openssh.settings.KbdInteractiveAuthentication=false",
          "services.openssh.settings.LoginGraceTime = \"2m\"; |"
              + " services.openssh.settings.LoginGraceTime=120",
        })
    void formerNamesAndDurationsAreRead(String line, String expected) {
      assertThat(settings(read("{ ... }: { " + line + " }"))).isEqualTo(expected);
    }
  }

  @Nested
  class BadInput {

    @Test
    void decisiveNoteStandsFirst() {
      Imported read =
          read(
              "{ inputs, ... }:\n{\n imports = [ ./x.nix ];\n"
                  + " boot.kernel.sysctl.\"vm.mmap_rnd_bits\" = 12;\n}");
      assertThat(read.notUnderstood().get(0).line()).isEqualTo(4);
      assertThat(read.notUnderstood().get(0).why()).contains("28 to 32 on x86_64");
    }

    @Test
    void byteOrderMarkIsSkippedWithNote() {
      Imported nix = read("\uFEFF{ ... }: { boot.kernel.sysctl.\"kernel.sysrq\" = 0; }");
      assertThat(settings(nix)).isEqualTo("kernel.sysrq=0");
      assertThat(nix.readings().get(0).why()).contains("Nix refuses");
      assertThat(read("\uFEFFkernel.sysrq = 0\n").readings().get(0).why())
          .contains("lose the first line");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"a\": 1} | This object has: a.",
          "{\"sysctl\": {\"a\": 1}} | evidence of a host",
          "{\"nftables\": []} | nft -j",
          "{\"settings\": []} {\"settings\": []} | more than one JSON document",
          "table inet filter { | nft list ruleset",
          "*filter | iptables-save",
        })
    void whatItIsInsteadIsNamed(String text, String cause) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOfSatisfying(
              DomainException.class, e -> assertThat(e.detail() + e.faults()).contains(cause));
    }

    @ParameterizedTest
    @CsvSource({
      "kernel.kptr_restict, kernel.kptr_restrict",
      "net.ipv4.tcp_syncookie, net.ipv4.tcp_syncookies",
      "kernel.dmesg_restrcit, kernel.dmesg_restrict",
    })
    void misspeltKeyGetsNearestOne(String typed, String meant) {
      assertThat(read(typed + " = 1").notUnderstood().get(0).why())
          .contains("Did you mean “" + meant + "”?");
    }

    @Test
    void unknownSysctlIsDeclaredWhereAskedFor() {
      Imported read =
          SettingsImport.read(
              new Options(null, false, true), "fs.inotify.max_user_frogs = 524288\n", catalog);
      assertThat(settings(read)).isEqualTo("fs.inotify.max_user_frogs=524288");
      assertThat(read.content().settings().get(0).declared().type().code()).isEqualTo("int");
    }

    @Test
    void unknownSysctlIsReadAsTheKernelReadsIt() {
      Imported read =
          SettingsImport.read(
              new Options(null, false, true),
              "fs.inotify.max_user_frogs = 0x10\nfs.inotify.max_user_toads = 010\n",
              catalog);
      assertThat(settings(read))
          .isEqualTo("fs.inotify.max_user_frogs=16 fs.inotify.max_user_toads=8");
    }
  }

  private Imported read(String text) {
    return SettingsImport.read(new Options(null, false, false), text, catalog);
  }

  private static String settings(Imported imported) {
    return imported.content().settings().stream()
        .map(s -> s.key() + "=" + s.value().display())
        .collect(Collectors.joining(" "));
  }
}
