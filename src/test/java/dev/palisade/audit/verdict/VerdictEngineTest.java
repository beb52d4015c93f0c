package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictEngineTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();

  @ParameterizedTest(name = "{0} = {1} with [{2}] is {3}, in effect {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // One value, compared by its type
        "net.ipv4.tcp_sack           | 0       | net.ipv4.tcp_sack=0                    | compliant"
            + " | 0",
        "net.ipv4.tcp_sack           | 0       | net.ipv4.tcp_sack=1                    | drifted  "
            + " | 1",
        "net.ipv4.tcp_sack           | 1       | net.ipv4.tcp_sack=true                 | compliant"
            + " | true",
        "net.ipv4.icmp_ratelimit     | 100     | net.ipv4.icmp_ratelimit= 100           | compliant"
            + " | 100",
        "net.ipv4.tcp_congestion_control | \"bbr\" | net.ipv4.tcp_congestion_control=bbr |"
            + " compliant | bbr",
        "net.ipv4.tcp_congestion_control | \"bbr\" | net.ipv4.tcp_congestion_control=cubic |"
            + " drifted | cubic",
        "net.ipv4.tcp_rmem           | [1,2,3] | net.ipv4.tcp_rmem=1\t2\t3              | compliant"
            + " | 1\t2\t3",
        "net.ipv4.tcp_rmem           | [1,2,3] | net.ipv4.tcp_rmem=1 2 4                | drifted  "
            + " | 1 2 4",
        // As good or better
        "kernel.unprivileged_bpf_disabled | 1 | kernel.unprivileged_bpf_disabled=2 | stronger | 2",
        "kernel.unprivileged_bpf_disabled | 2 | kernel.unprivileged_bpf_disabled=1 | drifted  | 1",
        "kernel.perf_event_paranoid       | 2 | kernel.perf_event_paranoid=4       | stronger | 4",
        // How the kernel combines all with an interface
        "net.ipv4.conf.all.rp_filter | 1 | all.rp_filter=1;eth0.rp_filter=0 | compliant | 1",
        "net.ipv4.conf.all.rp_filter | 1 | all.rp_filter=1;eth0.rp_filter=2 | shadowed  | 2",
        "net.ipv4.conf.all.rp_filter | 1 | all.rp_filter=0;eth0.rp_filter=0 | drifted   | 0",
        "net.ipv4.conf.all.rp_filter | 1 | all.rp_filter=0;eth0.rp_filter=1 | drifted   | 1",
        "net.ipv4.conf.all.rp_filter | 1 | all.rp_filter=1;lo.rp_filter=2   | compliant | 1",
        "net.ipv4.conf.all.rp_filter | 1 | all.rp_filter=1;eth0/100.rp_filter=2 | shadowed | 2",
        "net.ipv4.conf.all.send_redirects | 0 | all.send_redirects=0;eth0.send_redirects=1 |"
            + " shadowed  | 1",
        "net.ipv4.conf.all.log_martians   | 1 | all.log_martians=1;eth0.log_martians=0     |"
            + " compliant | 1",
        "net.ipv4.conf.all.accept_source_route | 0 |"
            + " all.accept_source_route=0;eth0.accept_source_route=1 | compliant | 0",
        "net.ipv4.conf.all.forwarding     | 0 | all.forwarding=0;eth0.forwarding=0         |"
            + " compliant | 0",
        "net.ipv4.conf.all.forwarding     | 0 | all.forwarding=0;eth0.forwarding=1         |"
            + " shadowed  | 1",
        "net.ipv6.conf.all.accept_ra      | 0 | 6all.accept_ra=0;6eth0.accept_ra=1         |"
            + " shadowed  | 1",
        // Redirects: OR without forwarding, AND with it
        "net.ipv4.conf.all.accept_redirects | 0 |"
            + " all.accept_redirects=0;eth0.accept_redirects=1;eth0.forwarding=0 | shadowed  | 1",
        "net.ipv4.conf.all.accept_redirects | 0 |"
            + " all.accept_redirects=0;eth0.accept_redirects=1;eth0.forwarding=1 | compliant | 0",
        // default is what the next interface gets
        "net.ipv4.conf.default.rp_filter | 1 | default.rp_filter=1;eth0.rp_filter=2 | compliant |"
            + " 1",
        "net.ipv4.conf.default.rp_filter | 1 | default.rp_filter=2                  | drifted   |"
            + " 2",
        // A glob key reaches every interface, all and default among them
        "net.ipv4.conf.*.rp_filter | 1 | all.rp_filter=1;eth0.rp_filter=1 | compliant | 1",
        "net.ipv4.conf.*.rp_filter | 1 | all.rp_filter=1;eth0.rp_filter=2 | drifted   | 2",
        "net.ipv4.conf.*.rp_filter | 1 | kernel.x=1                       | unknown   | -",
        "net.ipv4.conf.*.rp_filter | 1 | all.rp_filter=1                  | unknown   | -",
        // Only what a kernel prints is a number
        "net.core.bpf_jit_harden | 2 | net.core.bpf_jit_harden=2  | compliant | 2",
        "net.core.bpf_jit_harden | 2 | net.core.bpf_jit_harden=+2 | drifted   | +2",
        "net.core.bpf_jit_harden | 2 | net.core.bpf_jit_harden=٢  | drifted   | ٢",
        // Another name for the same switch
        "net.ipv4.ip_forward | 0 | all.forwarding=0 | compliant | 0",
        // What the kernel does not act on
        "net.ipv4.tcp_fack          | 0 | net.ipv4.tcp_fack=1 | no-effect | -",
        "net.core.bpf_jit_kallsyms  | 0 | net.core.bpf_jit_harden=2;net.core.bpf_jit_kallsyms=1 |"
            + " no-effect | -",
        "net.core.bpf_jit_kallsyms  | 0 | net.core.bpf_jit_harden=0;net.core.bpf_jit_kallsyms=1 |"
            + " drifted | 1",
        // What is not there
        "net.netfilter.nf_conntrack_max | 65536 | kernel.x=1 | unknown    | -",
        "net.ipv4.tcp_sack              | 0     | kernel.x=1 | unknown    | -",
        "net.core.bpf_jit_harden        | 2     | kernel.x=1 | unknown    | -",
        "net.ipv4.tcp_sack              | 0     | !net.ipv4.tcp_sack | unreadable | -",
        "networking.firewall.enable     | true  | kernel.x=1 | unknown    | -",
      })
  void judges(String key, String value, String lines, String verdict, String effective)
      throws IOException {
    Judgement judgement = judge(key, value, lines, Deployment.CURRENT);
    assertThat(judgement.verdict().code()).as(judgement.why()).isEqualTo(verdict);
    assertThat(judgement.effective()).isEqualTo(effective);
    assertThat(judgement.why()).endsWith(".");
  }

  @Test
  void namesTheInterfacesAndTheGlobKeyThatCuresAShadow() throws IOException {
    Judgement judgement =
        judge(
            "net.ipv4.conf.all.rp_filter",
            "1",
            "all.rp_filter=1;eth1.rp_filter=2;eth0.rp_filter=2;wg0.rp_filter=0",
            Deployment.CURRENT);
    assertThat(judgement.interfaces()).containsExactly("eth0", "eth1");
    assertThat(judgement.fix()).isEqualTo(new Fix("net.ipv4.conf.*.rp_filter", "1"));
    assertThat(judgement.why()).contains("greater of all and the interface").contains("systemd");
  }

  @Test
  void explainsTheOrderTrap() throws IOException {
    assertThat(
            judge(
                    "net.ipv4.conf.all.accept_redirects",
                    "0",
                    "all.accept_redirects=1;all.forwarding=0;eth0.accept_redirects=1",
                    Deployment.CURRENT)
                .why())
        .contains("back to 1");
  }

  @Test
  void doesNotBlameAHostForWhatItCouldNotHaveYet() throws IOException {
    assertThat(judge("net.ipv4.tcp_sack", "0", "net.ipv4.tcp_sack=1", Deployment.OLDER).verdict())
        .isEqualTo(Verdict.NOT_DEPLOYED);
    assertThat(judge("net.ipv4.tcp_sack", "0", "net.ipv4.tcp_sack=0", Deployment.OLDER).verdict())
        .isEqualTo(Verdict.COMPLIANT);
    assertThat(judge("net.ipv4.tcp_sack", "0", "kernel.x=1", Deployment.OLDER).verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void neverCallsAHostWithoutEvidenceCompliant() {
    assertThat(VerdictEngine.withoutEvidence(homelabLan()))
        .hasSize(49)
        .extracting(j -> j.verdict().group())
        .containsOnly(VerdictGroup.NOT_KNOWN, VerdictGroup.NO_EFFECT);
  }

  @Test
  void judgesARealDump() throws IOException {
    Evidence evidence = SysctlDump.read(realDump()).evidence();
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    VerdictEngine.judge(homelabLan(), evidence, Deployment.CURRENT)
        .forEach(j -> counts.merge(j.verdict(), 1, Integer::sum));
    assertThat(counts)
        .containsOnly(
            Map.entry(Verdict.COMPLIANT, 12),
            Map.entry(Verdict.STRONGER, 2),
            Map.entry(Verdict.DRIFTED, 26),
            Map.entry(Verdict.NO_EFFECT, 5),
            Map.entry(Verdict.UNKNOWN, 4));
  }

  @Property(tries = 200)
  void judgesAnyEvidenceWithoutFailing(
      @ForAll Map<String, String> odd, @ForAll String first, @ForAll String second) {
    Map<String, String> values = new HashMap<>(odd);
    homelabLan()
        .forEach(e -> values.put(e.setting().key(), e.hashCode() % 2 == 0 ? first : second));
    values.put("net.ipv4.conf.eth0.rp_filter", second);
    Evidence evidence =
        new Evidence(values, Set.of(), null, null, null, null, null, null, 0, Surroundings.NONE);
    assertThat(VerdictEngine.judge(homelabLan(), evidence, Deployment.CURRENT)).hasSize(49);
  }

  private static byte[] realDump() throws IOException {
    return VerdictEngineTest.class
        .getResourceAsStream("/dev/palisade/demo/sysctl-a-linux-6.18.txt")
        .readAllBytes();
  }

  private static List<Expected> homelabLan() {
    List<Expected> expected = new ArrayList<>();
    try {
      JsonNode profile =
          new ObjectMapper()
              .readTree(
                  VerdictEngineTest.class.getResourceAsStream(
                      "/dev/palisade/profile/homelab-lan.json"));
      for (JsonNode row : profile.get("settings")) {
        expected.add(expected(row.get("key").textValue(), row.get("value")));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return expected;
  }

  private static Expected expected(String key, JsonNode value) {
    return new Expected(
        CATALOG.find(key).orElseThrow(), SettingValue.fromJson(value, "/value"), "homelab-lan");
  }

  /** Lines apart by semicolons; a bare interface key is short for net.ipv4.conf, 6 for IPv6. */
  private static Judgement judge(String key, String value, String lines, Deployment deployment)
      throws IOException {
    Map<String, String> sysctl = new HashMap<>();
    Set<String> unreadable = new HashSet<>();
    for (String line : lines.split(";", -1)) {
      if (line.startsWith("!")) {
        unreadable.add(line.substring(1));
        continue;
      }
      String[] pair = line.split("=", 2);
      String name =
          pair[0].startsWith("6")
              ? "net.ipv6.conf." + pair[0].substring(1)
              : pair[0].matches("(net|kernel)\\..*") ? pair[0] : "net.ipv4.conf." + pair[0];
      sysctl.put(name, pair[1]);
    }
    Evidence evidence =
        new Evidence(sysctl, unreadable, null, null, null, null, null, null, 0, Surroundings.NONE);
    return VerdictEngine.judge(
            List.of(expected(key, new ObjectMapper().readTree(value))), evidence, deployment)
        .get(0);
  }
}
