package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleRendererTest {

  private static ModuleSetting setting(
      String key, SettingKind kind, MergeKind merge, SettingValue value) {
    return new ModuleSetting(key, kind, merge, value, null, false, null, List.of());
  }

  private static ModuleContent content(List<String> heading, List<ModuleSetting> settings) {
    return new ModuleContent(heading, null, List.of(), List.of(), settings, List.of());
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
              "Room for\r\nlong fat pipes",
              false,
              null,
              List.of()),
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
  void statesTheDepthOfAKeyWithinAnOption() {
    ModuleSetting freeform =
        new ModuleSetting(
            "services.openssh.settings.MaxAuthTries",
            SettingKind.NIXOS_OPTION,
            MergeKind.SCALAR,
            new SettingValue.Int(3),
            null,
            false,
            null,
            List.of(),
            3);
    assertThat(ModuleRenderer.render(ModuleRenderer.ID, content(List.of(), List.of(freeform))))
        .contains(
            """
              optionDepths = {
                "services.openssh.settings.MaxAuthTries" = 3;
              };
            """
                .indent(0));
    assertThat(ModuleRenderer.render(ModuleRenderer.ID, content(List.of(), SETTINGS)))
        .contains("  optionDepths = { };\n");
  }

  @Test
  void equalContentGivesEqualBytesInWhateverOrderItComes() {
    List<ModuleSetting> shuffled = new ArrayList<>(SETTINGS);
    Collections.reverse(shuffled);
    assertThat(ModuleRenderer.render(ModuleRenderer.ID, content(List.of(), shuffled)))
        .isEqualTo(ModuleRenderer.render(ModuleRenderer.ID, content(List.of(), SETTINGS)));
  }

  @Test
  void showsFamiliesInTheirOrderAndReasonsInLinesOfAReadableLength() {
    List<ModuleSetting> settings =
        List.of(grouped("a.one", "TCP", "word ".repeat(40)), grouped("b.two", "ICMP", "Why\rso"));
    ModuleContent content =
        new ModuleContent(
            List.of("Draft"), null, List.of(), List.of("ICMP", "TCP"), settings, List.of());
    String module = ModuleRenderer.render(ModuleRenderer.ID, content);
    assertThat(module)
        .contains(
            """
              sysctls = {
                # --- ICMP ---
                # Why
                # so
                "b.two" = 1;

                # --- TCP ---
            """
                .indent(0));
    assertThat(module.lines().filter(line -> line.contains("word word")))
        .hasSize(3)
        .allMatch(line -> line.startsWith("    # word ") && line.length() <= 100);
  }

  private static ModuleSetting grouped(String key, String family, String reason) {
    return new ModuleSetting(
        key,
        SettingKind.SYSCTL,
        MergeKind.SCALAR,
        new SettingValue.Int(1),
        reason,
        false,
        family,
        List.of());
  }

  @Test
  void namesTheRendererThatItDoesNotHave() {
    assertThatThrownBy(() -> ModuleRenderer.render("palisade.nix/99", content(List.of(), SETTINGS)))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("“palisade.nix/99”");
  }

  @Test
  void writesSysctlsAsAFile() {
    assertThat(SysctlConf.render(content(List.of("Draft"), SETTINGS)))
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
    assertThat(ModuleRenderer.kernelModules(ModuleRenderer.ID, SETTINGS)).isEmpty();
    assertThat(ModuleRenderer.kernelModules(ModuleRenderer.ID, List.of(conntrack)))
        .containsExactly("nf_conntrack");
  }

  @Test
  void loadsWhatNothingCanLoadOnDemandOnceModulesAreLocked() {
    ModuleSetting bbr = named("net.ipv4.tcp_congestion_control", new SettingValue.Text("bbr"));
    ModuleSetting cake = named("net.core.default_qdisc", new SettingValue.Text("cake"));
    ModuleSetting locked = named("security.lockKernelModules", new SettingValue.Bool(true));
    ModuleSetting open = named("security.lockKernelModules", new SettingValue.Bool(false));
    assertThat(ModuleRenderer.kernelModules(ModuleRenderer.ID, List.of(bbr, cake, locked)))
        .containsExactly("sch_cake", "tcp_bbr");
    assertThat(ModuleRenderer.kernelModules(ModuleRenderer.ID, List.of(bbr, cake, open))).isEmpty();
  }

  private static ModuleSetting named(String key, SettingValue value) {
    return setting(key, SettingKind.NIXOS_OPTION, MergeKind.SCALAR, value);
  }
}
