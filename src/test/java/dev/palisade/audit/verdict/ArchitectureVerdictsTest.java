package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host is judged by the bounds of its own architecture. */
class ArchitectureVerdictsTest {

  private static final Setting BITS = CatalogFiles.shipped().find("vm.mmap_rnd_bits").orElseThrow();

  @ParameterizedTest(name = "{1} where {0} is approved on {2} is {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "18 | 18 | aarch64 | COMPLIANT | Runs as approved",
        "18 | 24 | aarch64 | STRONGER | stricter",
        "33 | 32 | aarch64 | DRIFTED | Nothing on the host explains it",
        "33 | 32 | x86_64 | DRIFTED | The kernel of x86_64 takes 28 to 32 and refused the value.",
        "18 | 28 | x86_64 | STRONGER | stricter",
        "32 | 28 | x86_64 | DRIFTED | Nothing on the host explains it",
        "33 | 32 | '' | DRIFTED | Nothing on the host explains it",
      })
  void hostIsJudgedByItsOwnBounds(
      long asked, String running, String machine, Verdict verdict, String why) {
    String architecture = machine.isEmpty() ? "" : ",\"architecture\":\"" + machine + "\"";
    String json =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"vm.mmap_rnd_bits\":\"%s\"}%s}"
            .formatted(running, architecture);
    Evidence evidence = JsonEvidence.read(json.getBytes(StandardCharsets.UTF_8)).evidence();
    Expected expected = new Expected(BITS, new SettingValue.Int(asked), "wan");
    Judgement judged = VerdictEngine.judge(List.of(expected), evidence, Deployment.CURRENT).get(0);
    assertThat(judged.verdict()).isEqualTo(verdict);
    assertThat(judged.why()).contains(why);
  }
}
