package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on what is no sysctl, and what the host's own configuration adds to each. */
class OptionVerdictsTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FW = "networking.firewall.";

  /** The chains of NixOS with their rules for open ports, apart by semicolons, in short. */
  private static final String RULES =
      """
      *mangle
      :PREROUTING ACCEPT [0:0]
      :nixos-fw-rpfilter - [0:0]
      -A PREROUTING -j nixos-fw-rpfilter
      -A nixos-fw-rpfilter -m rpfilter --validmark -j RETURN
      -A nixos-fw-rpfilter -j DROP
      COMMIT
      *filter
      :INPUT ACCEPT [0:0]
      :nixos-fw - [0:0]
      :nixos-fw-accept - [0:0]
      :nixos-fw-log-refuse - [0:0]
      -A INPUT -j nixos-fw
      -A nixos-fw -m conntrack --ctstate RELATED,ESTABLISHED -j nixos-fw-accept
      %s
      -A nixos-fw -j nixos-fw-log-refuse
      -A nixos-fw-accept -j ACCEPT
      -A nixos-fw-log-refuse -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j LOG --log-prefix "refused connection: " --log-level 6
      -A nixos-fw-log-refuse -j DROP
      COMMIT
      """;

  private static final String IPV6_ON = ",'+net.ipv6.conf.all.disable_ipv6':0";

  private static final String SSHD =
      ",'listeners':[{'proto':'tcp','address':'0.0.0.0','port':22,'process':'sshd'},"
          + "{'proto':'tcp','address':'0.0.0.0','port':3000,'process':'AdGuardHome'}]";

  @ParameterizedTest(name = "{0} = {1} with [{2}] {3} is {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Ports are exact
        "allowedTCPPorts | [80,443] | tcp 80;tcp 443 | '' | compliant | 80 443 | no others",
        "allowedTCPPorts | [80,443] | tcp 22;tcp 80;tcp 443 | '' | compliant | 22 80 443 | no others",
        "allowedTCPPorts | [80] | tcp 80;tcp 3000 | '' | overridden | 80 3000 | 3000 (AdGuardHome), by a rule of its firewall",
        "allowedTCPPorts | [80] | tcp 80;tcp 3000 | [80,3000] | overridden | 80 3000 | by the host’s own configuration",
        "allowedTCPPorts | [80] | tcp 80;tcp 3000 | [80] | overridden | 80 3000 | its configuration does not declare",
        "allowedTCPPorts | [80] | tcp 80;hand 3000 | [80] | overridden | 80 3000 | a rule of its own in the chain nixos-fw",
        "allowedTCPPorts | [80] | tcp 80;on wg0 9100 | '' | overridden | '80, 9100 on wg0' | 9100 on wg0",
        "allowedTCPPorts | [80,443] | tcp 80 | '' | stronger | 80 | Not open: 443.",
        "allowedTCPPorts | [80,443] | tcp 80 | [80,443] | stronger | 80 | Not open: 443.",
        "allowedTCPPorts | [80,443] | tcp 80 | [80] | stronger | 80 | Not open: 443.",
        "allowedTCPPorts | [] | '' | '' | compliant | none | no others",
        "allowedTCPPorts | [80] | tcp 80:90 | '' | overridden | 80-90 | 81-90",
        "allowedTCPPorts | [80] | odd | '' | unknown | - | --spell",
        "allowedTCPPortRanges | [{'from':8000,'to':8010}] | tcp 8000:8010 | '' | compliant | 8000-8010 | ''",
        "allowedTCPPortRanges | [{'from':8000,'to':8010}] | tcp 8000:8005 | '' | stronger | 8000-8005 | Not open: 8006-8010.",
        "interfaces.wg0.allowedTCPPorts | [9100] | on wg0 9100 | '' | compliant | 9100 | ''",
        "interfaces.wg0.allowedTCPPorts | [9100] | tcp 9100 | '' | compliant | 9100 on every interface | ''",
        "interfaces.wg0.allowedTCPPorts | [9100] | on wg0 9101 | '' | overridden | 9101 | Also open: 9101 on wg0",
        "interfaces.wg0.allowedTCPPorts | [9100] | on eth0 9100 | '' | stronger | none | Not open: 9100.",
        "trustedInterfaces | ['lo'] | '' | '' | compliant | none but lo | ''",
        "trustedInterfaces | ['lo'] | trust docker0 | '' | overridden | docker0 | Everything comes in by docker0",
        "trustedInterfaces | ['lo','wg0'] | '' | '' | stronger | none but lo | not wg0",
        // The other options of the firewall
        "enable | true | '' | '' | compliant | true | ''",
        "enable | false | '' | '' | stronger | true | ''",
        "allowPing | false | '' | '' | compliant | false | ''",
        "allowPing | false | ping | '' | drifted | true | ''",
        "allowPing | false | ping | true | overridden | true | declares true instead of false",
        "checkReversePath | true | '' | '' | compliant | true | ''",
        "checkReversePath | 'strict' | '' | '' | compliant | strict | ''",
        "checkReversePath | 'loose' | '' | '' | stronger | strict | ''",
        "checkReversePath | false | '' | '' | stronger | strict | ''",
        "logRefusedConnections | true | '' | '' | compliant | true | ''",
        "logReversePathDrops | true | '' | '' | drifted | false | ''",
        "rejectPackets | false | '' | '' | compliant | false | ''",
        "pingLimit | '1/second' | '' | '' | unknown | - | does not show",
        "pingLimit | '1/second' | '' | '1/second' | unknown | - | declares it as approved",
        "pingLimit | '1/second' | '' | '9/second' | overridden | - | declares 9/second",
      })
  void firewall(
      String key,
      String value,
      String rules,
      String effective,
      String verdict,
      String found,
      String why) {
    String told =
        effective.isEmpty() ? "" : ",'effective':{'" + FW + key + "':" + quoted(effective) + "}";
    Judgement judged = judge(FW + key, value, ",'firewall':" + iptables(rules) + SSHD + told);
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
    assertThat(judged.found() == null ? "-" : judged.found()).isEqualTo(found);
    assertThat(judged.why()).contains(why).endsWith(".");
  }

  @ParameterizedTest(name = "{0} = {1} with [{2}] is {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "services.openssh.settings.PermitRootLogin | 'no' | 'sshd':{'permitrootlogin':'no'} | compliant",
        "services.openssh.settings.PermitRootLogin | 'no' | 'sshd':{'permitrootlogin':'without-password'} | drifted",
        "services.openssh.settings.PermitRootLogin | 'prohibit-password' | 'sshd':{'permitrootlogin':'without-password'} | compliant",
        "services.openssh.settings.PermitRootLogin | 'prohibit-password' | 'sshd':{'permitrootlogin':'no'} | stronger",
        "services.openssh.settings.PasswordAuthentication | false | 'sshd':{'passwordauthentication':'no'} | compliant",
        "services.openssh.settings.PasswordAuthentication | false | 'sshd':{'passwordauthentication':'yes'} | drifted",
        "services.openssh.settings.KbdInteractiveAuthentication | false | 'sshd':{'kbdinteractiveauthentication':'yes'} | drifted",
        "services.openssh.settings.X11Forwarding | false | 'sshd':{'x11forwarding':'no'} | compliant",
        "services.openssh.settings.MaxAuthTries | 4 | 'sshd':{'maxauthtries':'4'} | compliant",
        "services.openssh.settings.MaxAuthTries | 4 | 'sshd':{'maxauthtries':'6'} | drifted",
        "services.openssh.settings.LogLevel | 'VERBOSE' | 'sshd':{'loglevel':'VERBOSE'} | compliant",
        "services.openssh.settings.AllowUsers | ['a','b'] | 'sshd':{'allowusers':['b','a']} | compliant",
        "services.openssh.settings.Macs | ['x','y'] | 'sshd':{'macs':'x,y'} | compliant",
        "services.openssh.settings.Ciphers | ['x','y'] | 'sshd':{'ciphers':'x'} | drifted",
        "services.openssh.settings.KexAlgorithms | ['x','y'] | 'sshd':{'kexalgorithms':'x,y,z'} | drifted",
        "services.openssh.settings.UseDns | false | 'sshd':{'port':'22'} | unknown",
        "services.openssh.settings.UseDns | false | 'kernel':'6' | unknown",
        "services.openssh.ports | [22] | 'sshd':{'port':'22'} | compliant",
        "services.openssh.ports | [22] | 'sshd':{'port':['22','2222']} | drifted",
        "services.openssh.listenAddresses | [{'addr':'10.0.0.1'}] | 'sshd':{'listenaddress':'10.0.0.1:22'} | compliant",
        "services.openssh.listenAddresses | [{'addr':'10.0.0.1'}] | 'sshd':{'listenaddress':['10.0.0.1:22','[::]:22']} | drifted",
        "services.openssh.listenAddresses | [{'addr':'::1','port':2222}] | 'sshd':{'listenaddress':'[::1]:2222'} | compliant",
        "services.openssh.listenAddresses | [{'addr':'10.0.0.1','port':22}] | 'sshd':{'listenaddress':'10.0.0.1:2222'} | drifted",
        "services.openssh.authorizedKeysInHomedir | false | 'sshd':{'authorizedkeysfile':'/etc/ssh/authorized_keys.d/%u'} | compliant",
        "services.openssh.authorizedKeysInHomedir | false | 'sshd':{'authorizedkeysfile':'%h/.ssh/authorized_keys'} | drifted",
        "services.openssh.enable | true | 'listeners':[{'proto':'tcp','address':'*','port':22,'process':'sshd'}] | compliant",
        "services.openssh.enable | false | 'listeners':[{'proto':'tcp','address':'*','port':22,'process':'sshd'}] | drifted",
        "services.openssh.enable | true | 'listeners':[] | stronger",
        "services.openssh.enable | true | 'listeners':[{'proto':'tcp','address':'*','port':22}] | unknown",
        "services.openssh.enable | true | 'sshd':{'port':'22'} | unknown",
        "services.openssh.openFirewall | false | 'listeners':[{'proto':'tcp','address':'*','port':22,'process':'sshd'}],'firewall':{'openTcp':[80]} | compliant",
        "services.openssh.openFirewall | false | 'listeners':[{'proto':'tcp','address':'*','port':22,'process':'sshd'}],'firewall':{'openTcp':[22]} | drifted",
        // The command line
        "slab_nomerge | true | 'cmdline':'quiet slab_nomerge' | compliant",
        "slab_nomerge | true | 'cmdline':'quiet' | drifted",
        "slab_nomerge | true | 'cmdline':'quiet','systemCurrent':'/nix/b','systemBooted':'/nix/a' | pending-reboot",
        "slab_nomerge | true | 'cmdline':'quiet','systemCurrent':'/nix/b','systemBooted':'/nix/a','effective':{'slab_nomerge':null} | overridden",
        "slab_nomerge | true | 'cmdline':'quiet','effective':{'slab_nomerge':true} | drifted",
        "init_on_free | '1' | 'cmdline':'init_on_free=0 init_on_free=1' | compliant",
        "init_on_free | '1' | 'cmdline':'init-on-free=1' | compliant",
        "init_on_free | '1' | 'cmdline':'init_on_free=0' | drifted",
        "init_on_free | '1' | 'kernel':'6' | unknown",
        // Modules
        "dccp | true | 'modules':['dccp'] | drifted",
        "dccp | true | 'modules':['dccp'],'effective':{'dccp':true},'systemCurrent':'/nix/b','systemBooted':'/nix/a' | pending-reboot",
        "dccp | true | 'modules':['ext4'] | unknown",
        "dccp | true | 'modules':['ext4'],'effective':{'dccp':true} | compliant",
        "dccp | true | 'modules':['ext4'],'effective':{'dccp':false} | overridden",
        "dccp | true | 'kernel':'6' | unknown",
        "usb-storage | true | 'modules':['usb_storage'] | drifted",
        "boot.kernelModules | ['nf_conntrack'] | 'modules':['nf_conntrack'] | compliant",
        "boot.kernelModules | ['nf_conntrack'] | 'modules':[] | unknown",
        "boot.kernelParams | ['quiet'] | 'cmdline':'quiet' | compliant",
        "security.protectKernelImage | true | 'cmdline':'nohibernate','+kernel.kexec_load_disabled':1 | compliant",
        "security.protectKernelImage | true | 'cmdline':'','+kernel.kexec_load_disabled':1 | drifted",
        "security.protectKernelImage | true | '+kernel.kexec_load_disabled':1 | unknown",
        "security.lockKernelModules | true | '+kernel.modules_disabled':1 | compliant",
        "security.lockKernelModules | true | '+kernel.modules_disabled':0 | drifted",
        "security.lockKernelModules | true | 'kernel':'6' | unknown",
        "services.fail2ban.enable | true | 'kernel':'6' | unknown",
        "services.fail2ban.enable | true | 'effective':{'services.fail2ban.enable':false} | overridden",
        "services.fail2ban.enable | true | 'profile':{'absent':['services.fail2ban.enable']} | absent",
      })
  void sshdBootAndModules(String key, String value, String evidence, String verdict) {
    Judgement judged = judge(key, value, "," + evidence);
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
    assertThat(judged.why()).endsWith(".");
  }

  @ParameterizedTest(name = "tcp_sack runs {0}, declared {1}, {2} is {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 0    | ''                        | drifted    | it changed afterwards",
        "1 | 1    | ''                        | overridden | declares 1 instead of 0",
        "1 | true | ''                        | overridden | declares true instead of 0",
        "1 | null | ''                        | overridden | declares not set instead of 0",
        "1 | 1    | 'exceptions':{'net.ipv4.tcp_sack':{'reason':'Old\\nswitch'}} | overridden | Explained by the host: “Old switch”.",
        "1 | 0    | 'enabled':false           | drifted    | it changed afterwards",
        "1 | 1    | 'enabled':false           | overridden | hardening.enable = false",
        "0 | 0    | ''                        | compliant  | as approved",
        "0 | 1    | ''                        | compliant  | may bring it",
      })
  void whatTheHostDeclaresExplainsWhatRuns(
      String runs, String effective, String profile, String verdict, String why) {
    Judgement judged =
        judge(
            "net.ipv4.tcp_sack",
            "0",
            ",'+net.ipv4.tcp_sack':%s,'effective':{'net.ipv4.tcp_sack':%s},'profile':{%s}"
                .formatted(runs, effective, profile));
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
    assertThat(judged.why()).contains(why);
    assertThat(judged.declared()).isEqualTo(effective.equals("null") ? "not set" : effective);
  }

  @Test
  void anExceptionExplainsAndNeverWaives() {
    Judgement judged =
        judge(
            "net.ipv4.tcp_sack",
            "0",
            ",'+net.ipv4.tcp_sack':1,'effective':{'net.ipv4.tcp_sack':1},"
                + "'profile':{'exceptions':{'net.ipv4.tcp_sack':{'reason':'Slow line'}}}");
    assertThat(judged.verdict().group()).isEqualTo(VerdictGroup.FAILING);
    assertThat(judged.exception()).isEqualTo("Slow line");
  }

  @Test
  void aFirewallThatIsOffLeavesEveryPortOpen() {
    String off = ",'firewall':{'backend':'none','ruleset':''}";
    assertThat(judge(FW + "enable", "true", off).verdict()).isEqualTo(Verdict.DRIFTED);
    Judgement ports = judge(FW + "allowedTCPPorts", "[80]", off);
    assertThat(ports.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(ports.found()).isEqualTo("every port");
    assertThat(judge(FW + "trustedInterfaces", "['lo']", off).verdict()).isEqualTo(Verdict.DRIFTED);
    String declared = off + ",'effective':{'" + FW + "enable':false}";
    assertThat(judge(FW + "enable", "true", declared).verdict()).isEqualTo(Verdict.OVERRIDDEN);
    for (String what : List.of("allowedTCPPorts = [80]", "trustedInterfaces = ['lo']")) {
      String[] setting = what.split(" = ", -1);
      assertThat(judge(FW + setting[0], setting[1], declared).verdict())
          .isEqualTo(Verdict.OVERRIDDEN);
    }
  }

  /** The port that people sign in by is expected, unless the release says that it is not open. */
  @Test
  void theSshDaemonsOwnPortIsNoIntruder() {
    String evidence = ",'firewall':" + iptables("tcp 22;tcp 80") + SSHD;
    List<Expected> release =
        List.of(
            expected(FW + "allowedTCPPorts", "[80]"),
            expected("services.openssh.openFirewall", "false"));
    Judgement judged = VerdictEngine.judge(release, evidence(evidence), Deployment.CURRENT).get(0);
    assertThat(judged.verdict()).isEqualTo(Verdict.OVERRIDDEN);
    assertThat(judged.why()).contains("22 (sshd), by the ssh daemon");
  }

  @Test
  void whatSeveralListsApproveIsApproved() {
    String evidence = ",'firewall':" + iptables("tcp 80;tcp 8000:8010;on wg0 9100;tcp 7");
    List<Expected> release =
        List.of(
            expected(FW + "allowedTCPPorts", "[80]"),
            expected(FW + "allowedTCPPortRanges", "[{'from':8000,'to':8010}]"),
            expected(FW + "interfaces.wg0.allowedTCPPorts", "[9100]"));
    List<Judgement> judged = VerdictEngine.judge(release, evidence(evidence), Deployment.CURRENT);
    assertThat(judged.get(0).why()).startsWith("Also open: 7, ").doesNotContain("8000");
    assertThat(judged)
        .extracting(Judgement::verdict)
        .containsExactly(Verdict.OVERRIDDEN, Verdict.COMPLIANT, Verdict.COMPLIANT);
  }

  @Test
  void openIpv6IsNamed() {
    Judgement half = judge(FW + "enable", "true", IPV6_ON + firewall("tcp 80", "off"));
    assertThat(half.verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(half.why()).contains("Only one of IPv4 and IPv6");
  }

  @ParameterizedTest(name = "{0} = {1} by rules for IPv4 alone is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "networking.firewall.enable | true | unknown",
        "networking.firewall.enable | false | unknown",
        "networking.firewall.allowPing | false | compliant",
        "networking.firewall.allowedTCPPorts | [80] | unknown",
        "networking.firewall.allowedTCPPorts | [] | overridden",
        "networking.firewall.checkReversePath | true | unknown",
        "networking.firewall.checkReversePath | 'loose' | unknown",
        "networking.firewall.logRefusedConnections | true | unknown",
        "networking.firewall.logRefusedConnections | false | unknown",
        "networking.firewall.logReversePathDrops | false | unknown",
        "networking.firewall.logReversePathDrops | true | drifted",
        "networking.firewall.rejectPackets | false | unknown",
        "networking.firewall.rejectPackets | true | unknown",
        "networking.firewall.trustedInterfaces | ['lo'] | unknown",
        "networking.firewall.trustedInterfaces | ['lo','wg0'] | unknown",
        "services.openssh.openFirewall | false | unknown",
        "services.openssh.openFirewall | true | unknown",
      })
  void whatHoldsTakesTheRulesOfBothFamilies(String key, String value, String verdict) {
    Judgement judged = judge(key, value, IPV6_ON + firewall("tcp 80", null) + SSHD);
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
    if (verdict.equals("unknown")) {
      assertThat(judged.why()).contains("no rules for IPv6");
    }
  }

  @ParameterizedTest(name = "{0} = {1} with [{2}] for IPv4 and [{3}] for IPv6 is {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "networking.firewall.logRefusedConnections | true | '' | off | drifted | one of IPv4 and IPv6",
        "networking.firewall.trustedInterfaces | ['lo','wg0'] | trust wg0 | '' | stronger | not wg0",
        "networking.firewall.trustedInterfaces | ['lo'] | '' | trust wg0 | overridden | comes in by wg0",
        "services.openssh.openFirewall | true | tcp 22 | tcp 22 | compliant | as approved",
        "services.openssh.openFirewall | true | tcp 22 | '' | drifted | one of IPv4 and IPv6",
        "services.openssh.openFirewall | false | '' | tcp 22 | drifted | one of IPv4 and IPv6",
      })
  void eachFamilyCounts(
      String key, String value, String ipv4, String ipv6, String verdict, String why) {
    Judgement judged = judge(key, value, IPV6_ON + firewall(ipv4, ipv6) + SSHD);
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
    assertThat(judged.why()).contains(why);
  }

  @ParameterizedTest(name = "disable_ipv6 [{0}] with [{1}] for IPv6 is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "all=0                    | off | drifted",
        "all=0,eth0=0             | off | drifted",
        "all=1,eth0=0             | off | drifted",
        "all=1,eth0=1,wlan0=0     | off | drifted",
        "eth0=0                   | off | drifted",
        "all=1,eth0=1,lo=0        | off | compliant",
        "all=1                    | off | compliant",
        "''                       | off | unknown",
        "''                       | ''  | compliant",
        "''                       |     | unknown",
        "all=0                    |     | unknown",
        "all=1,eth0=0             |     | unknown",
        "all=1                    |     | compliant",
        "cmdline                  |     | compliant",
        "cmdline                  | off | compliant",
      })
  void aHostSpeaksIpv6UnlessItSaysThatEachInterfaceDoesNot(
      String disabled, String ipv6, String verdict) {
    StringBuilder said = new StringBuilder();
    for (String one : disabled.isEmpty() ? new String[0] : disabled.split(",", -1)) {
      said.append(
          one.equals("cmdline")
              ? ",'cmdline':'quiet ipv6.disable=1'"
              : ",'+net.ipv6.conf." + one.replace("=", ".disable_ipv6':"));
    }
    Judgement judged = judge(FW + "enable", "true", said + firewall("tcp 80", ipv6));
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
  }

  @ParameterizedTest(name = "{0} = {1} by a list of open ports is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "enable | true | compliant",
        "allowedTCPPorts | [80] | compliant",
        "allowedTCPPorts | [] | overridden",
        "interfaces.wg0.allowedTCPPorts | [9100] | unknown",
        "interfaces.wg0.allowedTCPPorts | [] | unknown",
        "trustedInterfaces | ['lo'] | unknown",
        "trustedInterfaces | ['lo','wg0'] | unknown",
        "logRefusedConnections | true | unknown",
      })
  void aListOfOpenPortsTellsNothingOfSingleInterfaces(String key, String value, String verdict) {
    Judgement judged = judge(FW + key, value, ",'firewall':{'openTcp':[80]}");
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
  }

  @Test
  void whatCouldNotBeReadIsUnknownWithTheReason() {
    Judgement judged =
        judge(
            "services.openssh.settings.UseDns", "false", ",'notRead':['sshd: Permission denied']");
    assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judged.why()).contains("Permission denied");
  }

  @Test
  void anOlderReleaseIsNotBlamed() {
    Expected expected = expected(FW + "allowPing", "false");
    Judgement judged =
        VerdictEngine.judge(
                List.of(expected),
                evidence(
                    ",'firewall':"
                        + iptables("ping")
                        + ",'effective':{'"
                        + FW
                        + "allowPing':true}"),
                Deployment.OLDER)
            .get(0);
    assertThat(judged.verdict()).isEqualTo(Verdict.NOT_DEPLOYED);
    assertThat(judged.declared()).isEqualTo("true");
  }

  /** Rules in short: {@code tcp 80}, {@code hand 80}, {@code on wg0 80}, {@code trust wg0}. */
  private static String iptables(String rules) {
    return firewall(rules, rules).substring(",'firewall':".length());
  }

  /** Those of each family; {@code off} for none at all, null for what is not sent. */
  private static String firewall(String ipv4, @Nullable String ipv6) {
    ObjectNode node = MAPPER.createObjectNode().put("ruleset", text(ipv4));
    if (ipv6 != null) {
      node.put("ruleset6", text(ipv6));
    }
    return ",'firewall':" + node.toString().replace("'", "\\u0027").replace('"', '\'');
  }

  private static String text(String rules) {
    if (rules.equals("off")) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    for (String rule : rules.isEmpty() ? new String[0] : rules.split(";", -1)) {
      String[] words = rule.split(" ", -1);
      String accept = " -j nixos-fw-accept";
      lines.add(
          switch (words[0]) {
            case "tcp" -> "-A nixos-fw -p tcp -m tcp --dport " + words[1] + accept;
            case "hand" -> "-A nixos-fw -p tcp -m tcp --dport " + words[1] + " -j ACCEPT";
            case "on" ->
                "-A nixos-fw -i %s -p tcp --dport %s".formatted(words[1], words[2]) + accept;
            case "trust" -> "-A nixos-fw -i " + words[1] + accept;
            case "ping" -> "-A nixos-fw -p icmp -m icmp --icmp-type 8" + accept;
            default -> "-A nixos-fw -p tcp -m magic --spell x" + accept;
          });
    }
    return RULES.formatted(String.join("\n", lines));
  }

  private static String quoted(String effective) {
    return effective.matches("[0-9]/second") ? "'" + effective + "'" : effective;
  }

  private static Judgement judge(String key, String value, String more) {
    return VerdictEngine.judge(List.of(expected(key, value)), evidence(more), Deployment.CURRENT)
        .get(0);
  }

  private static Expected expected(String key, String value) {
    Setting setting = CATALOG.find(key).orElseThrow();
    boolean text = value.matches("[A-Za-z0-9]+[-/A-Za-z]*") && !value.matches("true|false|[0-9]+");
    try {
      String json = text ? '"' + value + '"' : value.replace('\'', '"');
      return new Expected(
          setting, SettingValue.fromJson(MAPPER.readTree(json), "/value"), "some-profile");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Members in single quotes; one whose name begins with a plus is a running value. */
  private static Evidence evidence(String more) {
    StringBuilder sysctl = new StringBuilder("'kernel.x':1");
    StringBuilder rest = new StringBuilder();
    for (String member : more.split("(?=,')", -1)) {
      if (member.startsWith(",'+")) {
        sysctl.append(member.replace("'+", "'"));
      } else {
        rest.append(member);
      }
    }
    String json =
        ("{'schema':'palisade.evidence/1','sysctl':{" + sysctl + "}" + rest + "}")
            .replace('\'', '"');
    return JsonEvidence.read(json.getBytes(StandardCharsets.UTF_8)).evidence();
  }
}
