package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dump of the keys for all interfaces proves where it shows no interface. */
class UnseenInterfacesTest {

  @ParameterizedTest(name = "{0} at {2} where {1} is approved is {4}, showing {3}")
  @CsvSource({
    "ipv4.conf.all.send_redirects, 0, 0, -, UNKNOWN",
    "ipv4.conf.all.send_redirects, 0, 0, lo, COMPLIANT",
    "ipv4.conf.all.send_redirects, 0, 0, eth0, COMPLIANT",
    "ipv4.conf.all.send_redirects, 0, 1, -, DRIFTED",
    "ipv4.conf.all.log_martians, 1, 1, -, COMPLIANT",
    "ipv4.conf.all.accept_source_route, 0, 0, -, COMPLIANT",
    "ipv4.conf.all.rp_filter, 1, 1, -, UNKNOWN",
    "ipv4.conf.all.rp_filter, 2, 1, -, STRONGER",
    "ipv4.conf.all.accept_redirects, 0, 0, -, UNKNOWN",
    "ipv6.conf.all.disable_ipv6, 1, 1, -, COMPLIANT"
  })
  void valueForAllAloneHoldsOnlyWhereNoInterfaceCanDiffer(
      String key, long asked, String running, String shown, Verdict verdict) {
    String more =
        shown.equals("-")
            ? ""
            : ",\"net.%s\":\"0\"".formatted(key.replace(".all.", "." + shown + "."));
    String json =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"net.%s\":\"%s\"%s}}"
            .formatted(key, running, more);
    Evidence evidence = JsonEvidence.read(json.getBytes(StandardCharsets.UTF_8)).evidence();
    Expected expected =
        new Expected(
            CatalogFiles.shipped().find("net." + key).orElseThrow(),
            new SettingValue.Int(asked),
            "wan");
    Judgement judged = VerdictEngine.judge(List.of(expected), evidence, Deployment.CURRENT).get(0);
    assertThat(judged.verdict()).as(judged.why()).isEqualTo(verdict);
  }
}
