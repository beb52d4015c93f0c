package dev.palisade.audit.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules of NixOS, loaded into a network namespace of their own and read back. */
@Tag("kernel")
class KernelRulesTest {

  private static final String RULES = "src/test/resources/dev/palisade/audit/firewall/";

  @BeforeAll
  static void namespaces() {
    Tools.require(
        Files.isExecutable(Path.of("/usr/sbin/nft"))
            && Files.isExecutable(Path.of("/usr/sbin/iptables-save")),
        "nft and iptables are not installed (nftables, iptables)");
    Tools.require(within("true").exit() == 0, "unshare -rn gives no network namespace");
    Tools.require(
        within("nft add table inet t && iptables -N t").exit() == 0,
        "The kernel takes no rules in a network namespace");
  }

  private static Output within(String script) {
    return Tools.run(
        Map.of("PATH", "/usr/sbin:/sbin:" + System.getenv("PATH")),
        "",
        "unshare",
        "-rn",
        "bash",
        "-c",
        script);
  }

  @Test
  void nftPrintsWhatTheReaderKnows() throws IOException {
    Output output = within("nft -f " + RULES + "nixos.nft && nft -s -j list ruleset");
    assertThat(output.exit()).as(output.err()).isZero();
    JsonNode printed = new ObjectMapper().readTree(output.out());
    for (Family family : Family.values()) {
      all(Ruleset.read(printed, family));
    }
    assertThat(Ruleset.read(printed, Family.IPV4).openings("tcp"))
        .extracting(Opening::words)
        .contains("8080")
        .contains("24800 from 10.0.0.0/8");
  }

  @Test
  void iptablesSavePrintsWhatTheReaderKnows() {
    for (Family family : Family.values()) {
      String save = family == Family.IPV4 ? "iptables-save" : "ip6tables-save";
      Output output = within(". " + RULES + "nixos-iptables.sh && " + save);
      assertThat(output.exit()).as(output.err()).isZero();
      all(Ruleset.read(TextNode.valueOf(output.out()), family));
    }
  }

  /** Of rules that iptables wrote, nft prints the names of modules alone. */
  @Test
  void nftReadsStockRulesOfIptablesAsIptablesSaveDoes() throws IOException {
    String stock = ". " + RULES + "nixos-iptables.sh && ";
    Output nft = within(stock + "nft -s -j list ruleset");
    Output saved = within(stock + "iptables-save");
    assertThat(nft.exit()).as(nft.err()).isZero();
    Inbound one = Ruleset.read(new ObjectMapper().readTree(nft.out()), Family.IPV4);
    Inbound other = Ruleset.read(TextNode.valueOf(saved.out()), Family.IPV4);
    assertThat(one.openings("udp")).isNotEmpty().isEqualTo(other.openings("udp"));
    assertThat(one.logged()).isEqualTo(other.logged());
    assertThat(one.ping()).isEqualTo(other.ping());
    assertThat(one.rejects()).isEqualTo(other.rejects());
    assertThat(one.doubts()).doesNotContainKeys(Topic.FILTER, Topic.UDP, Topic.PING, Topic.LOGGING);
  }

  /** A port that somebody opens by hand at run time is seen. */
  @Test
  void aPortOpenedByHandIsSeen() throws IOException {
    Output nft =
        within(
            "nft -f "
                + RULES
                + "nixos.nft && nft add element inet nixos-fw temp-ports '{ tcp . 4444 }' &&"
                + " nft insert rule inet nixos-fw input tcp dport 5555 accept && nft -s -j list ruleset");
    assertThat(nft.exit()).as(nft.err()).isZero();
    List<Opening> openings =
        Ruleset.read(new ObjectMapper().readTree(nft.out()), Family.IPV4).openings("tcp");
    assertThat(openings)
        .filteredOn(opening -> opening.ports().equals(new Ports(4444, 4444)))
        .extracting(Opening::kind)
        .containsExactly(Opening.Kind.TEMPORARY);
    assertThat(openings).extracting(Opening::words).contains("5555");
  }

  private static void all(Inbound inbound) {
    assertThat(inbound.doubts()).isEmpty();
    assertThat(inbound.refuses()).isTrue();
    assertThat(inbound.rejects()).isTrue();
    assertThat(inbound.ping()).isTrue();
    assertThat(inbound.reversePath()).isEqualTo(ReversePath.STRICT);
    assertThat(inbound.logged()).hasSize(5);
    assertThat(inbound.openings("tcp"))
        .extracting(Opening::words)
        .contains("22", "53", "80", "443", "8000-8010", "9100 on wg0", "every port on docker0");
  }
}
