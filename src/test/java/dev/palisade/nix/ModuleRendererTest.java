package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleRendererTest {

  private static ModuleSetting setting(
      String key, SettingKind kind, MergeKind merge, SettingValue value) {
    return new ModuleSetting(key, kind, merge, value, null);
  }

  private static SettingValue ports(long... ports) {
    List<SettingValue> items = new ArrayList<>();
    for (long port : ports) {
      items.add(new SettingValue.Int(port));
    }
    return new SettingValue.Items(items);
  }

  private static final List<ModuleSetting> SETTINGS =
      List.of(
          new ModuleSetting(
              "net.ipv4.tcp_rmem",
              SettingKind.SYSCTL,
              MergeKind.SCALAR,
              ports(4096, 131072, 6291456),
              "Room for\r\nlong fat pipes"),
          setting(
              "kernel.perf_event_paranoid",
              SettingKind.SYSCTL,
              MergeKind.SCALAR,
              new SettingValue.Int(-1)),
          setting(
              "networking.firewall.enable",
              SettingKind.NIXOS_OPTION,
              MergeKind.SCALAR,
              new SettingValue.Bool(true)),
          setting(
              "networking.firewall.allowedTCPPorts",
              SettingKind.NIXOS_OPTION,
              MergeKind.ADD,
              ports(80, 443)),
          setting(
              "networking.firewall.allowedUDPPorts",
              SettingKind.NIXOS_OPTION,
              MergeKind.ADD,
              ports()),
          setting("services.openssh.ports", SettingKind.NIXOS_OPTION, MergeKind.WHOLE, ports(2222)),
          setting(
              "debugfs", SettingKind.KERNEL_PARAM, MergeKind.SCALAR, new SettingValue.Text("off")),
          setting(
              "slab_nomerge",
              SettingKind.KERNEL_PARAM,
              MergeKind.SCALAR,
              new SettingValue.Bool(true)),
          setting(
              "dccp", SettingKind.MODULE_BLACKLIST, MergeKind.SCALAR, new SettingValue.Bool(true)));

  @Test
  void rendersEachKindInItsPlace() {
    assertThat(
            ModuleRenderer.render(
                new ModuleContent(List.of("One\rline"), SETTINGS, List.of("nf_conntrack"))))
        .isEqualTo(
            """
            # One line
            { lib, ... }:

            {
              boot = {
                blacklistedKernelModules = [ "dccp" ];
                kernel.sysctl = {
                  "kernel.perf_event_paranoid" = lib.mkOverride 900 (-1);
                  # Room for
                  # long fat pipes
                  "net.ipv4.tcp_rmem" = lib.mkOverride 900 "4096 131072 6291456";
                };
                kernelModules = [ "nf_conntrack" ];
                kernelParams = [
                  "debugfs=off"
                  "slab_nomerge"
                ];
              };
              networking.firewall = {
                allowedTCPPorts = [
                  80
                  443
                ];
                enable = lib.mkOverride 900 true;
              };
              services.openssh.ports = lib.mkOverride 900 [ 2222 ];
            }
            """);
  }

  @Test
  void equalContentGivesEqualBytesInWhateverOrderItComes() {
    List<ModuleSetting> shuffled = new ArrayList<>(SETTINGS);
    Collections.reverse(shuffled);
    assertThat(ModuleRenderer.render(new ModuleContent(List.of(), shuffled, List.of())))
        .isEqualTo(ModuleRenderer.render(new ModuleContent(List.of(), SETTINGS, List.of())));
  }

  @Test
  void leavesLibAloneWhereNothingNeedsIt() {
    assertThat(ModuleRenderer.render(new ModuleContent(List.of(), List.of(), List.of("a"))))
        .isEqualTo("{ ... }:\n\n{\n  boot.kernelModules = [ \"a\" ];\n}\n");
  }

  @Test
  void writesSysctlsAsAFile() {
    assertThat(SysctlConf.render(new ModuleContent(List.of("Draft"), SETTINGS, List.of())))
        .isEqualTo(
            "# Draft\nkernel.perf_event_paranoid = -1\nnet.ipv4.tcp_rmem = 4096 131072 6291456\n");
  }

  @Test
  void loadsConntrackForItsKeysOnly() {
    ModuleSetting conntrack =
        setting(
            "net.netfilter.nf_conntrack_max",
            SettingKind.SYSCTL,
            MergeKind.SCALAR,
            new SettingValue.Int(1));
    assertThat(KernelModules.derivedFrom(SETTINGS)).isEmpty();
    assertThat(KernelModules.derivedFrom(List.of(conntrack))).containsExactly("nf_conntrack");
  }
}
