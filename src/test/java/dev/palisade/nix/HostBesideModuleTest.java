package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.testing.EvaluatedModule;
import dev.palisade.testing.EvaluatedModule.Configuration;
import dev.palisade.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a module makes of hosts that have a will of their own, evaluated by the real Nix. */
@Tag("nix")
class HostBesideModuleTest {

  private static final String FORWARDING = "net.ipv4.conf.all.forwarding";
  private static final String DEFAULT_FORWARDING = "net.ipv4.conf.default.forwarding";
  private static final String RP_FILTER = "net.ipv4.conf.all.rp_filter";
  private static final String SACK = "net.ipv4.tcp_sack";
  private static final String FIREWALL = "networking.firewall.enable";
  private static final String PING = "networking.firewall.allowPing";
  private static final String TCP = "networking.firewall.allowedTCPPorts";
  private static final String UDP = "networking.firewall.allowedUDPPorts";

  private static final Map<String, Configuration> HOSTS =
      Map.ofEntries(
          host("bare", "{ }"),
          host("nat", "{ networking.nat.enable = true; }"),
          host("docker", "{ virtualisation.docker.enable = true; }"),
          host("sameKey", "{ boot.kernel.sysctl.\"net.ipv4.tcp_sack\" = true; }"),
          host("sameValue", "{ boot.kernel.sysctl.\"net.ipv4.tcp_sack\" = \" 0\"; }"),
          host(
              "onlyDefault",
              "{ lib, ... }: { networking.firewall.allowPing = lib.mkDefault true; }"),
          host("leftOut", "{ boot.kernel.sysctl.\"net.ipv4.tcp_sack\" = null; }"),
          host("alias", "{ boot.kernel.sysctl.\"net.ipv4.ip_forward\" = 1; }"),
          host(
              "loose",
              "{ boot.kernel.sysctl.\"net.ipv4.conf.all.rp_filter\" = 2;"
                  + " networking.firewall.checkReversePath = \"loose\"; }"),
          host("firewallOff", "{ networking.firewall.enable = false; }"),
          host("sshd", "{ services.openssh = { enable = true; ports = [ 2222 ]; }; }"),
          host(
              "iptables",
              "{ networking.firewall.extraCommands = \"iptables -A INPUT -s 10.0.0.1 -j ACCEPT\";"
                  + " }"),
          host(
              "opened",
              "{ _file = \"/etc/nixos/web.nix\"; networking.firewall.allowedTCPPorts = [ 8080 ];"
                  + " }"),
          host(
              "forced",
              "{ lib, ... }: { networking.firewall.allowedTCPPorts = lib.mkForce [ 443 ]; }"),
          host(
              "explained",
              "{ networking.nat.enable = true; hardening.exceptions = {"
                  + " \"net.ipv4.conf.all.forwarding\".reason = \"It routes \\\"the\\\" LAN\";"
                  + " \"net.ipv4.conf.default.forwarding\".reason = \"It routes\"; }; }"),
          host("stale", "{ hardening.exceptions.\"net.ipv4.gone\".reason = \"Once\"; }"),
          host(
              "off",
              "{ hardening.enable = false; networking.nat.enable = true;"
                  + " boot.kernel.sysctl.\"net.ipv4.tcp_sack\" = 1; }"),
          Map.entry("old", new Configuration("{ }", List.of("firewall", "openssh"))));

  private static JsonNode homelabLan;
  private static JsonNode wanExposed;

  private static Map.Entry<String, Configuration> host(String name, String module) {
    return Map.entry(name, new Configuration(module));
  }

  @BeforeAll
  static void evaluate() throws IOException {
    Tools.requireNix();
    homelabLan = EvaluatedModule.beside(golden("homelab-lan"), HOSTS);
    wanExposed = EvaluatedModule.beside(golden("wan-exposed"), HOSTS);
  }

  private static String golden(String name) throws IOException {
    return new String(
        HostBesideModuleTest.class
            .getResourceAsStream("/dev/palisade/release/golden/palisade.nix-1/" + name + ".nix")
            .readAllBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void aHostWithoutAWillOfItsOwnGetsWhatWasApprovedAndNothingElse() {
    JsonNode bare = homelabLan.get("bare");
    JsonNode profile = bare.get("profile");
    assertThat(profile.get("declared")).hasSize(49);
    assertThat(profile.get("effective")).isEqualTo(profile.get("declared"));
    assertThat(profile.get("schema").textValue()).isEqualTo("palisade.profile/1");
    assertThat(profile.get("enabled").booleanValue()).isTrue();
    assertThat(profile.get("release").textValue()).matches("[0-9a-f]{64}");
    assertThat(profile.at("/profiles/0/slug").textValue()).isEqualTo("homelab-lan");
    assertThat(profile.at("/profiles/0/digest").textValue()).matches("[0-9a-f]{64}");
    assertQuiet(bare);
    JsonNode sysctls = bare.at("/config/boot/kernel/sysctl");
    assertThat(sysctls).hasSize(45 + 1);
    assertThat(sysctls.get("kernel.kptr_restrict").intValue()).as("set by NixOS").isEqualTo(1);
    assertThat(sysctls.get(FORWARDING).intValue()).as("above NixOS’s default").isZero();
    assertThat(bare.at("/config/networking/firewall/allowedTCPPorts").toString())
        .isEqualTo("[53,80,443]");
    assertThat(bare.at("/config/boot/kernelModules")).isEmpty();
  }

  @Test
  void noHostFailsToEvaluateAndNoneIsBlocked() {
    for (JsonNode module : List.of(homelabLan, wanExposed)) {
      assertThat(module).hasSize(HOSTS.size());
      module.forEach(host -> assertThat(host.get("failed")).isEmpty());
    }
  }

  @Test
  void whatTheHostOverridesIsWarnedOfAndTold() {
    assertOverridden("nat", Map.of(FORWARDING, "true", DEFAULT_FORWARDING, "true"));
    assertOverridden("docker", Map.of(FORWARDING, "true", DEFAULT_FORWARDING, "true"));
    assertOverridden("sameKey", Map.of(SACK, "true"));
    assertOverridden("leftOut", Map.of(SACK, "null"));
    assertOverridden("alias", Map.of(FORWARDING, "1"));
    assertOverridden("loose", Map.of(RP_FILTER, "2"));
    assertOverridden("firewallOff", Map.of(FIREWALL, "false"));
    assertOverridden("opened", Map.of(TCP, "[53,80,443,8080]"));
    assertOverridden("forced", Map.of(TCP, "[443]"));
    assertOverridden("stale", Map.of());
  }

  private static void assertOverridden(String host, Map<String, String> effective) {
    JsonNode it = homelabLan.get(host);
    List<String> warnings = texts(it.get("warnings"));
    assertThat(texts(it.at("/profile/overridden")))
        .as(host)
        .containsExactlyInAnyOrderElementsOf(effective.keySet());
    effective.forEach(
        (key, value) -> {
          assertThat(it.at("/profile/effective").get(key)).as(host).hasToString(value);
          assertThat(warnings)
              .as(host)
              .filteredOn(w -> w.contains("hardening.exceptions.\"" + key + "\".reason"))
              .hasSize(1);
        });
    if (!host.equals("stale")) {
      assertThat(warnings).as(host).hasSameSizeAs(effective.keySet());
    }
  }

  @Test
  void whatTheHostOverridesItGets() {
    assertThat(homelabLan.at("/nat/config/boot/kernel/sysctl").get(FORWARDING).booleanValue())
        .isTrue();
    assertThat(homelabLan.at("/sameKey/config/boot/kernel/sysctl").get(SACK).booleanValue())
        .isTrue();
    assertThat(homelabLan.at("/firewallOff/config/networking/firewall/enable").booleanValue())
        .isFalse();
    assertThat(homelabLan.at("/onlyDefault/config/networking/firewall/allowPing").booleanValue())
        .isFalse();
  }

  @Test
  void whatAgreesOrIsNobodysBusinessIsNotWarnedOf() {
    for (String host : List.of("bare", "sameValue", "onlyDefault", "sshd", "iptables")) {
      assertQuiet(homelabLan.get(host));
    }
    assertThat(homelabLan.at("/sshd/profile/effective").get(TCP))
        .as("sshd’s own port is expected where sshd is on")
        .hasToString("[53,80,443,2222]");
  }

  @Test
  void aWarningSaysWhatIsApprovedWhatIsThereInsteadAndWhereItComesFrom() {
    assertThat(texts(homelabLan.at("/opened/warnings")))
        .containsExactly(
            "Palisade: networking.firewall.allowedTCPPorts is approved as [53,80,443], but this"
                + " configuration also opens [8080] (from /etc/nixos/web.nix). Take that out, or"
                + " say why it has to be so:"
                + " hardening.exceptions.\"networking.firewall.allowedTCPPorts\".reason ="
                + " \"...\";");
    assertThat(texts(homelabLan.at("/alias/warnings")).get(0))
        .contains("is approved as 0", "has net.ipv4.ip_forward = 1");
    assertThat(texts(homelabLan.at("/leftOut/warnings")).get(0)).contains("leaves it unset");
    assertThat(texts(homelabLan.at("/forced/warnings")).get(0)).contains("lacks [53,80]");
  }

  @Test
  void anExceptionSilencesTheWarningAndIsToldWithItsReason() {
    JsonNode explained = homelabLan.get("explained");
    assertThat(explained.get("warnings")).isEmpty();
    assertThat(texts(explained.at("/profile/overridden")))
        .containsExactly(FORWARDING, DEFAULT_FORWARDING);
    assertThat(explained.at("/profile/exceptions").get(FORWARDING).get("reason").textValue())
        .isEqualTo("It routes \"the\" LAN");
    assertThat(explained.at("/profile/effective").get(FORWARDING).booleanValue()).isTrue();
  }

  @Test
  void anExceptionForASettingThatIsNotInTheReleaseIsNamed() {
    assertThat(texts(homelabLan.at("/stale/warnings")))
        .singleElement()
        .asString()
        .contains("hardening.exceptions.\"net.ipv4.gone\" explains no setting of the release");
  }

  @Test
  void switchedOffItDeclaresNothingAndSaysSo() {
    JsonNode off = homelabLan.get("off");
    JsonNode sysctls = off.at("/config/boot/kernel/sysctl");
    assertThat(sysctls).hasSize(4);
    assertThat(sysctls.get(SACK).intValue()).isEqualTo(1);
    assertThat(off.at("/config/networking/firewall/allowedTCPPorts")).isEmpty();
    assertThat(off.at("/config/networking/firewall/allowPing").booleanValue()).isTrue();
    assertThat(off.at("/profile/enabled").booleanValue()).isFalse();
    assertThat(off.at("/profile/declared")).isEmpty();
    assertThat(off.at("/profile/release").textValue()).matches("[0-9a-f]{64}");
    assertThat(off.at("/profile/effective").get(SACK).intValue()).isEqualTo(1);
    assertThat(texts(off.get("warnings")))
        .containsExactly(
            "Palisade: hardening.enable is false, so nothing of the release is declared.");
  }

  @Test
  void anOptionThatTheHostsNixpkgsDoesNotHaveIsAbsent() {
    JsonNode old = homelabLan.get("old");
    assertThat(texts(old.at("/profile/absent"))).containsExactly(PING, TCP, UDP, FIREWALL);
    assertThat(old.at("/profile/declared")).hasSize(45);
    assertThat(old.at("/profile/effective")).hasSize(49);
    assertThat(old.at("/profile/effective").get(FIREWALL).isNull()).isTrue();
    assertThat(old.get("warnings")).isEmpty();
    assertThat(wanExposed.at("/old/profile/absent")).hasSizeGreaterThan(20);
  }

  private static final List<ModuleSetting> MANDATORY =
      List.of(
          mandatory(SACK, SettingKind.SYSCTL, MergeKind.SCALAR, new SettingValue.Int(0)),
          mandatory(
              FIREWALL, SettingKind.NIXOS_OPTION, MergeKind.SCALAR, new SettingValue.Bool(true)),
          mandatory(TCP, SettingKind.NIXOS_OPTION, MergeKind.ADD, ports(443)),
          mandatory(UDP, SettingKind.NIXOS_OPTION, MergeKind.ADD, ports()),
          mandatory(
              "services.openssh.ports", SettingKind.NIXOS_OPTION, MergeKind.WHOLE, ports(22, 23)),
          mandatory(
              "init_on_free",
              SettingKind.KERNEL_PARAM,
              MergeKind.SCALAR,
              new SettingValue.Text("1")),
          mandatory(
              "slab_nomerge",
              SettingKind.KERNEL_PARAM,
              MergeKind.SCALAR,
              new SettingValue.Bool(true)),
          mandatory(
              "usb-storage",
              SettingKind.MODULE_BLACKLIST,
              MergeKind.SCALAR,
              new SettingValue.Bool(true)));

  private static ModuleSetting mandatory(
      String key, SettingKind kind, MergeKind merge, SettingValue value) {
    return new ModuleSetting(key, kind, merge, value, null, true, null, List.of());
  }

  private static SettingValue ports(int... ports) {
    List<SettingValue> items = new ArrayList<>();
    for (int port : ports) {
      items.add(new SettingValue.Int(port));
    }
    return new SettingValue.Items(items);
  }

  private static String module(List<ModuleSetting> settings) {
    return ModuleRenderer.render(
        ModuleRenderer.ID,
        new ModuleContent(List.of("Test"), null, List.of(), List.of(), settings, List.of()));
  }

  @Test
  void whatIsMandatoryFailsTheBuildWhateverTheHostSaysAboutIt() {
    Map<String, String> breaking =
        Map.of(
            SACK,
            "{ boot.kernel.sysctl.\"net.ipv4.tcp_sack\" = 1; }",
            FIREWALL,
            "{ networking.firewall.enable = false; }",
            TCP,
            "{ networking.firewall.allowedTCPPorts = [ 25 ]; }",
            UDP,
            "{ networking.firewall.allowedUDPPorts = [ 53 ]; }",
            "services.openssh.ports",
            "{ services.openssh.ports = [ 2222 ]; }",
            "init_on_free",
            "{ boot.kernelParams = [ \"init-on-free=0\" ]; }",
            "slab_nomerge",
            "{ lib, ... }: { boot.kernelParams = lib.mkForce [ \"init_on_free=1\" ]; }",
            "usb-storage",
            "{ lib, ... }: { boot.blacklistedKernelModules = lib.mkForce [ ]; }");
    Map<String, Configuration> hosts = new HashMap<>();
    List<String> keys = List.copyOf(breaking.keySet());
    for (int i = 0; i < keys.size(); i++) {
      String module = breaking.get(keys.get(i));
      String reason = "{ hardening.exceptions.\"" + keys.get(i) + "\".reason = \"Why not\"; }";
      hosts.put("h" + i, new Configuration("{ imports = [ (" + module + ") " + reason + " ]; }"));
    }
    JsonNode evaluated = EvaluatedModule.beside(module(MANDATORY), hosts);
    for (int i = 0; i < keys.size(); i++) {
      JsonNode host = evaluated.get("h" + i);
      String key = keys.get(i);
      assertThat(texts(host.get("failed")))
          .as(key)
          .singleElement()
          .asString()
          .startsWith("Palisade: " + key + " must be ")
          .endsWith(
              "It is mandatory: take out what sets it. An exception explains, and does not lift"
                  + " it.");
      assertThat(host.get("warnings")).as(key).isEmpty();
      assertThat(texts(host.at("/profile/overridden"))).containsExactly(key);
      assertThat(host.at("/profile/exceptions").has(key)).isTrue();
    }
  }

  @Test
  void whatIsMandatorySaysWhatItWantsAndWhatItFinds() {
    JsonNode host =
        EvaluatedModule.beside(
                module(MANDATORY),
                Map.of("it", new Configuration("{ networking.firewall.enable = false; }")))
            .get("it");
    assertThat(texts(host.get("failed")).get(0))
        .startsWith(
            "Palisade: networking.firewall.enable must be true, but this configuration has false");
  }

  @Test
  void whatIsMandatoryDoesNotStopAHostThatKeepsToItOrSwitchesTheModuleOff() {
    JsonNode evaluated =
        EvaluatedModule.beside(
            module(MANDATORY),
            Map.of(
                "keeping",
                new Configuration("{ }"),
                "off",
                new Configuration("{ hardening.enable = false; }"),
                "old",
                new Configuration("{ }", List.of("openssh"))));
    evaluated.forEach(host -> assertThat(host.get("failed")).isEmpty());
    assertQuiet(evaluated.get("keeping"));
    assertThat(evaluated.at("/off/profile/enabled").booleanValue()).isFalse();
    assertThat(texts(evaluated.at("/off/profile/mandatory"))).hasSize(MANDATORY.size());
    assertThat(texts(evaluated.at("/old/warnings")))
        .containsExactly(
            "Palisade: services.openssh.ports is mandatory, but this nixpkgs has no such option.");
  }

  @Test
  void aListThatOneModuleOwnsIsReplacedAndOneThatGrowsIsAddedTo() {
    JsonNode host =
        EvaluatedModule.beside(
                module(MANDATORY),
                Map.of(
                    "it",
                    new Configuration(
                        "{ services.openssh = { enable = true; ports = [ 2222 ]; };"
                            + " networking.firewall.allowedTCPPorts = [ 80 ]; }")))
            .get("it");
    assertThat(host.at("/config/services/openssh/ports")).hasToString("[2222]");
    assertThat(host.at("/config/networking/firewall/allowedTCPPorts")).hasToString("[80,443,2222]");
  }

  @Test
  void aSingleInterfaceThatEscapesAKeyForAllIsNamed() {
    ModuleSetting each =
        new ModuleSetting(
            "net.ipv4.conf.*.rp_filter",
            SettingKind.SYSCTL,
            MergeKind.SCALAR,
            new SettingValue.Int(1),
            null,
            false,
            null,
            List.of());
    JsonNode host =
        EvaluatedModule.beside(
                module(List.of(each)),
                Map.of(
                    "it",
                    new Configuration(
                        "{ boot.kernel.sysctl.\"net.ipv4.conf.wg0.rp_filter\" = 2; }")))
            .get("it");
    assertThat(texts(host.get("warnings")).get(0))
        .contains("this configuration has net.ipv4.conf.wg0.rp_filter = 2");
    assertThat(host.at("/profile/effective").get(each.key()).intValue()).isEqualTo(2);
  }

  @Test
  void anotherNameOfAKeyIsNamedAlsoWhereItLoses() {
    ModuleSetting forward =
        new ModuleSetting(
            "net.ipv4.ip_forward",
            SettingKind.SYSCTL,
            MergeKind.SCALAR,
            new SettingValue.Int(0),
            null,
            false,
            null,
            List.of(FORWARDING));
    JsonNode host =
        EvaluatedModule.beside(
                module(List.of(forward)),
                Map.of("it", new Configuration("{ networking.nat.enable = true; }")))
            .get("it");
    assertThat(texts(host.get("warnings")).get(0)).contains("has " + FORWARDING + " = true");
    assertThat(host.at("/profile/effective").get(forward.key()).intValue())
        .as("ip_forward is written last")
        .isZero();
  }

  @Test
  void twoReleasesOnOneHostCollide() throws IOException {
    Tools.Output output =
        EvaluatedModule.evaluated(
            module(MANDATORY), Map.of("it", new Configuration(golden("kernel-baseline"))));
    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).containsPattern("hardening\\.(enable|exceptions)' .*already declared");
  }

  @Test
  void everyTwoHostsAgreeOnWhatIsDeclared() {
    Stream.of("nat", "firewallOff", "explained")
        .forEach(
            host ->
                assertThat(homelabLan.get(host).at("/profile/declared"))
                    .isEqualTo(homelabLan.at("/bare/profile/declared")));
  }

  private static void assertQuiet(JsonNode host) {
    assertThat(host.get("warnings")).isEmpty();
    assertThat(host.get("failed")).isEmpty();
    assertThat(host.at("/profile/overridden")).isEmpty();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
