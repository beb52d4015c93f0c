package dev.palisade.audit.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.audit.Finding;
import dev.palisade.audit.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingWordsTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final FindingWords words = new FindingWords();

  @Test
  void interfacesAreAnAsideAfterTheMeaningOfAValue() {
    assertThat("on " + words.where(at("eth0"))).isEqualTo("on (interface eth0)");
    assertThat("on " + words.where(at("eth0", "wg0"))).isEqualTo("on (interfaces eth0, wg0)");
    assertThat(words.where(at())).isEmpty();
  }

  private static Finding at(String... interfaces) {
    return new Finding(
        "gate",
        "net.ipv4.conf.all.log_martians",
        "wan-exposed",
        Verdict.SHADOWED,
        "1",
        null,
        null,
        "0",
        null,
        List.of(interfaces),
        "",
        null,
        NOW,
        NOW,
        Verdict.SHADOWED,
        null);
  }
}
