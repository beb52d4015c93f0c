package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The value, the sentence and the verdict of a row about open ports agree with each other. */
class FirewallRowsTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int[] PORTS = {22, 80, 443, 5432};

  private static final String NAT =
      """
      *nat
      :PREROUTING ACCEPT [0:0]
      :DOCKER - [0:0]
      -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
      -A DOCKER ! -i docker0 -p tcp -m tcp --dport 5432 -j DNAT --to-destination 172.17.0.2:5432
      COMMIT
      """;

  private static String filter(String rules) {
    return "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n" + rules + "COMMIT\n";
  }

  private static Judgement judge(String ports, String ruleset) {
    try {
      ObjectNode evidence = MAPPER.createObjectNode().put("schema", "palisade.evidence/1");
      evidence.putObject("sysctl").put("net.ipv6.conf.all.disable_ipv6", "1");
      evidence.putObject("firewall").put("backend", "iptables").put("ruleset", ruleset);
      Expected expected =
          new Expected(
              CATALOG.find("networking.firewall.allowedTCPPorts").orElseThrow(),
              SettingValue.fromJson(MAPPER.readTree(ports), "/value"),
              "some-profile");
      Evidence read = JsonEvidence.read(MAPPER.writeValueAsBytes(evidence)).evidence();
      return VerdictEngine.judge(List.of(expected), read, Deployment.CURRENT).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void publishedPortIsListedAsOpen() {
    Judgement row = judge("[22]", NAT + filter("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n"));
    assertThat(row.verdict()).isEqualTo(Verdict.OVERRIDDEN);
    assertThat(row.why()).contains("Also open: 5432", "by DNAT in nat/DOCKER");
    assertThat(row.why()).doesNotContain("no others");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "-m hashlimit --hashlimit-above 5/min --hashlimit-mode srcip --hashlimit-name s -j DROP | COMPLIANT | Open as approved",
        "-m limit --limit 5/min -j ACCEPT;-A INPUT -p tcp --dport 22 -j DROP | STRONGER | Not open to everybody: 22 up to a rate.",
        "-s 10.0.0.0/8 -j ACCEPT;-A INPUT -p tcp --dport 22 -j DROP | STRONGER | Not open to everybody: 22 from 10.0.0.0/8.",
        "-i eth1 -j DROP | STRONGER | Not open to everybody: 22 not on eth1.",
        "-j DROP | STRONGER | Not open: 22.",
      })
  void partlyOpenPortIsNamedSo(String rule, Verdict verdict, String why) {
    String rules = "-A INPUT -p tcp --dport 22 " + rule + ";-A INPUT -p tcp --dport 22 -j ACCEPT;";
    Judgement row = judge("[22]", filter(rules.replace(";", "\n")));
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.why()).contains(why);
  }

  /** 2,000 situations of up to five rules, from one seed each. */
  @Test
  void valueSentenceAndVerdictAgree() {
    String[] acts = {"-j ACCEPT", "-j DROP", "-i eth0 -j ACCEPT", "-i eth1 -j DROP"};
    String[] limited = {"-m limit --limit 5/min -j ACCEPT", "-s 10.0.0.0/8 -j DROP", "-j RETURN"};
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      StringBuilder rules = new StringBuilder();
      for (int i = random.nextInt(6); i > 0; i--) {
        String[] from = random.nextInt(3) == 0 ? limited : acts;
        rules.append("-A INPUT -p tcp -m tcp --dport ").append(PORTS[random.nextInt(PORTS.length)]);
        rules.append(' ').append(from[random.nextInt(from.length)]).append('\n');
      }
      List<String> approved = new ArrayList<>();
      for (int port : PORTS) {
        if (random.nextBoolean()) {
          approved.add(String.valueOf(port));
        }
      }
      String ruleset = (random.nextBoolean() ? NAT : "") + filter(rules.toString());
      agree(judge(approved.toString(), ruleset), approved, ruleset);
    }
  }

  private static void agree(Judgement row, List<String> approved, String ruleset) {
    List<String> found = List.of(String.valueOf(row.found()).split(",? ", -1));
    String why = row.why();
    if (row.verdict() == Verdict.COMPLIANT) {
      assertThat(why).as(ruleset).contains("Open as approved").doesNotContain("Not open");
      assertThat(found).as(ruleset).containsAll(approved);
    } else {
      assertThat(why).as(ruleset).doesNotContain("Open as approved", "no others");
    }
    int at = why.indexOf("Not open: ");
    if (at >= 0) {
      String closed = why.substring(at + "Not open: ".length(), why.indexOf('.', at));
      for (String port : closed.split("; ", -1)) {
        assertThat(found).as(ruleset).doesNotContain(port);
      }
    }
  }
}
