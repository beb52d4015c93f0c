package dev.palisade.audit.foretell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.JsonEvidence;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.Digest;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveSetting;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionRef;
import dev.palisade.release.ReleaseRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rollout is refused for: the ports of ssh, of tunnels and of the portal itself. */
class ReachTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final VersionRef LAYER = new VersionRef("lan", 1, Digest.of("lan"));

  private static final String ENABLE = "networking.firewall.enable=true";
  private static final String ONLY_22 = "networking.firewall.allowedTCPPorts=[22]";
  private static final String NO_SSH_PORT = "services.openssh.openFirewall=false";
  private static final String FILTER_OUT = "networking.firewall.filterOutput.enabled=true";
  private static final String UDP_OPEN = "networking.firewall.allowedUDPPorts=[53,51820]";
  private static final String UDP_CLOSED = "networking.firewall.allowedUDPPorts=[53]";

  private static final String SSHD_2222 =
      "{'proto':'tcp','address':'0.0.0.0','port':2222,'process':'sshd'}";
  private static final String WG0 = "'net.ipv4.conf.wg0.forwarding':'0'";
  private static final String ETH0 = "'net.ipv4.conf.eth0.forwarding':'0'";

  private static Evidence host(String sysctl, String listeners, String tcp, String udp) {
    String json =
        "{'schema':'palisade.evidence/1','sysctl':{%s},'listeners':[%s],'firewall':{'backend':'nftables','openTcp':[%s],'openUdp':[%s]}}"
            .formatted(sysctl, listeners, tcp, udp);
    return JsonEvidence.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).evidence();
  }

  private static String udp(@Nullable String process, int port) {
    return "{'proto':'udp','address':'*','port':"
        + port
        + (process == null ? "" : ",'process':'" + process + "'")
        + "}";
  }

  private static EffectiveProfile content(String... settings) {
    List<EffectiveSetting> all = new ArrayList<>();
    for (String text : settings) {
      String key = text.substring(0, text.indexOf('='));
      SettingValue value = value(text.substring(text.indexOf('=') + 1));
      all.add(
          new EffectiveSetting(
              key,
              value,
              CATALOG.find(key).orElseThrow(),
              new ProfileSetting(key, value),
              LAYER,
              new TreeSet<>()));
    }
    return new EffectiveProfile(List.of(LAYER), all, new TreeMap<>(), List.of(), List.of());
  }

  private static SettingValue value(String json) {
    try {
      return SettingValue.fromJson(MAPPER.readTree(json), "/value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reach reach(@Nullable Evidence evidence, String... settings) {
    return Reach.of(new Prospect(content(settings), null, false, evidence));
  }

  private static Reach after(String present, Evidence evidence, String... settings) {
    return Reach.of(
        new Prospect(
            content(settings), ReleaseRecord.of(content(present), CATALOG), true, evidence));
  }

  @Test
  void sshOn2222IsCutOffByAFirewallThatOpensOnly22() {
    Evidence host = host(ETH0, SSHD_2222, "2222", "");
    Reach reach = reach(host, ENABLE, ONLY_22, NO_SSH_PORT);
    assertThat(reach.lockOuts()).hasSize(1);
    Risk risk = reach.lockOuts().get(0);
    assertThat(risk.what())
        .isEqualTo("ssh would be cut off: port 2222/tcp closes and no other way in is open");
    assertThat(risk.key()).isEqualTo("services.openssh.openFirewall");
    assertThat(risk.evidence()).contains("sshd listens on 0.0.0.0:2222", "Open now for tcp: 2222");
    assertThat(risk.cure())
        .contains("Open port 2222 in networking.firewall.allowedTCPPorts", "openFirewall on");
    assertThat(
            reach(host, ENABLE, "networking.firewall.allowedTCPPorts=[2222]", NO_SSH_PORT)
                .lockOuts())
        .isEmpty();
    assertThat(reach(host, ENABLE, ONLY_22).lockOuts()).as("sshd opens its own port").isEmpty();
  }

  @Test
  void aPortOpenForTheManagementInterfaceIsAWayInWhereTheHostHasIt() {
    String onWg0 = "networking.firewall.interfaces.wg0.allowedTCPPorts=[2222]";
    assertThat(reach(host(ETH0 + "," + WG0, SSHD_2222, "2222", ""), NO_SSH_PORT, onWg0).lockOuts())
        .isEmpty();
    Reach lost = reach(host(ETH0, SSHD_2222, "2222", ""), NO_SSH_PORT, onWg0);
    assertThat(lost.lockOuts()).hasSize(1);
    assertThat(lost.lockOuts().get(0).evidence()).contains("wg0, which the host does not have");
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "WireGuard | | 51820",
        "OpenVPN | openvpn | 51820",
        "IPsec | charon-systemd | 51820",
        "ZeroTier | zerotier-one | 51820",
        "WireGuard | boringtun | 51820"
      })
  void aTunnelIsCutOffWhereItsPortCloses(String tunnel, @Nullable String process, int port) {
    Evidence host = host(ETH0, udp(process, port), "22", "53," + port);
    Reach reach = after(UDP_OPEN, host, UDP_CLOSED);
    assertThat(reach.lockOuts()).hasSize(1);
    assertThat(reach.lockOuts().get(0).what())
        .isEqualTo(tunnel + " would be cut off: its port " + port + "/udp closes");
    assertThat(reach.lockOuts().get(0).key()).isEqualTo("networking.firewall.allowedUDPPorts");
    assertThat(after(UDP_OPEN, host, UDP_OPEN).lockOuts()).isEmpty();
  }

  @Test
  void aPortWithoutAProgramIsATunnelWhereOthersHaveOneAndTheInterfaceIsThere() {
    String before = "networking.firewall.allowedUDPPorts=[4444]";
    String named = udp(null, 4444) + "," + udp("dnsmasq", 53);
    assertThat(after(before, host(WG0, named, "", "4444"), UDP_CLOSED).lockOuts()).hasSize(1);
    assertThat(after(before, host(ETH0, named, "", "4444"), UDP_CLOSED).lockOuts()).isEmpty();
    assertThat(after(before, host(WG0, udp(null, 4444), "", "4444"), UDP_CLOSED).lockOuts())
        .as("no port has a program")
        .isEmpty();
    String vxlan = udp(null, 8472) + "," + udp("dnsmasq", 53);
    assertThat(
            after(
                    "networking.firewall.allowedUDPPorts=[8472]",
                    host(WG0, vxlan, "", "8472"),
                    UDP_CLOSED)
                .lockOuts())
        .isEmpty();
  }

  @Test
  void tailscaleCallsOutAndIsNotCutOffByItsPort() {
    Evidence host = host(ETH0, udp("tailscaled", 51820), "", "51820");
    assertThat(after(UDP_OPEN, host, UDP_CLOSED).lockOuts()).isEmpty();
  }

  @Test
  void sshThatIsTrustedOnATunnelOnlyIsCutOffWithoutThatTrust() {
    String trust = "networking.firewall.trustedInterfaces=[\"wg0\"]";
    Evidence host = host(ETH0 + "," + WG0, SSHD_2222, "", "");
    assertThat(after(trust, host, NO_SSH_PORT, trust).lockOuts()).isEmpty();
    assertThat(after(trust, host, NO_SSH_PORT).lockOuts()).hasSize(1);
  }

  @Test
  void whatLeavesMustReachThePortalWhateverIsKnown() {
    assertThat(reach(null, FILTER_OUT).lockOuts())
        .extracting(Risk::what)
        .allMatch(what -> what.contains("would not reach the portal"));
    assertThat(reach(null, FILTER_OUT).lockOuts()).hasSize(1);
  }

  @Test
  void thePortalsOwnPortStaysOpenWhereItRuns() {
    Evidence host =
        host(ETH0, "{'proto':'tcp','address':'*','port':443,'process':'nginx'}", "22,443", "");
    Prospect prospect =
        new Prospect(
            content(ONLY_22),
            ReleaseRecord.of(content("networking.firewall.allowedTCPPorts=[22,443]"), CATALOG),
            true,
            host);
    assertThat(Reach.of(prospect).lockOuts()).as("it is not the portal").isEmpty();
    assertThat(Reach.of(prospect.withPortalAt(443)).lockOuts())
        .extracting(Risk::what)
        .containsExactly(
            "Hosts and people would not reach this portal, which answers here at port 443/tcp");
  }

  @Test
  void withoutListenersItSaysWhatIsNotKnownAndRefusesNothing() {
    Reach never = reach(null, NO_SSH_PORT);
    assertThat(never.lockOuts()).isEmpty();
    assertThat(never.notKnown())
        .isEqualTo(
            "Whether people would still reach it is not known: no evidence yet; ssh may be cut off:"
                + " its port closes and no other way in is open.");
    Evidence dump =
        JsonEvidence.read(
                "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"kernel.sysrq\":\"0\"}}"
                    .getBytes(StandardCharsets.UTF_8))
            .evidence();
    assertThat(reach(dump, ENABLE).notKnown()).contains("does not say on which ports it listens");
    assertThat(reach(null, "net.ipv4.tcp_sack=0").notKnown())
        .as("it says nothing of ports")
        .isEmpty();
    assertThat(reach(host(ETH0, "", "22", ""), NO_SSH_PORT).notKnown()).isEmpty();
  }
}
