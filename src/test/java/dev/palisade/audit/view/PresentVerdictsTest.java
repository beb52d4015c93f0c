package dev.palisade.audit.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.audit.Finding;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.view.PresentVerdicts.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresentVerdictsTest {

  private static Finding finding(String host, Verdict verdict, String found) {
    return new Finding(
        host,
        "kernel.sysrq",
        "base",
        verdict,
        "0",
        null,
        null,
        found,
        null,
        List.of(),
        "Why.",
        null,
        null,
        null,
        verdict,
        null);
  }

  private static List<Line> lines(List<Finding> findings, String... hosts) {
    return PresentVerdicts.of(findings, List.of(hosts), f -> "runs " + f.found());
  }

  @Test
  void hostsThatStandAlikeAreOneLine() {
    List<Line> lines =
        lines(
            List.of(
                finding("a", Verdict.DRIFTED, "438"),
                finding("b", Verdict.DRIFTED, "438"),
                finding("c", Verdict.DRIFTED, "1"),
                finding("d", Verdict.COMPLIANT, "0")),
            "a",
            "b",
            "c",
            "d");
    assertThat(lines).extracting(Line::words).containsExactly("runs 438", "runs 1", "runs 0");
    assertThat(lines.get(0).where()).isEqualTo("a, b");
    assertThat(lines.get(2).verdict()).isEqualTo(Verdict.COMPLIANT);
  }

  @Test
  void hostsOfNoWaiverAreLeftOut() {
    assertThat(lines(List.of(finding("other", Verdict.DRIFTED, "438")))).isEmpty();
  }

  @Test
  void hostsWithoutAFindingAreNotCalledHolding() {
    List<Line> lines = lines(List.of(finding("a", Verdict.COMPLIANT, "0")), "a", "b");
    assertThat(lines.get(1).verdict()).isNull();
    assertThat(lines.get(1).where()).isEqualTo("b");
  }

  @Test
  void manyHostsAreCounted() {
    List<Line> lines = lines(List.of(), "a", "b", "c", "d");
    assertThat(lines.get(0).where()).isEqualTo("4 hosts");
  }
}
