package dev.palisade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.audit.ReleaseEvidence.Proven;
import dev.palisade.audit.verdict.Deployment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which evidence speaks of a release, and when a host is known to run it. */
class ReleaseEvidenceTest {

  private static final String RELEASE = "a".repeat(64);
  private static final String FORMER = "b".repeat(64);
  private static final Instant OFFERED = Instant.parse("2026-01-02T00:00:00Z");

  /** Hours count from the offer; a dash stands for never. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // case, fetched, another fetched, proven, proven at, received, names, speaks, known, deployment
    "names it,                             1, -, -,       -,  2, RELEASE, true,  true,  CURRENT",
    "names it without a fetch,             -, -, -,       -,  2, RELEASE, true,  true,  CURRENT",
    "names it before the same is reoffered,-, -, -,       -, -1, RELEASE, true,  true,  CURRENT",
    "names another,                        1, -, RELEASE, 1,  2, FORMER,  false, false, OLDER",
    "unnamed after the fetch,              1, -, -,       -,  2, -,       true,  false, CURRENT",
    "unnamed at the very fetch,            1, -, -,       -,  1, -,       true,  false, CURRENT",
    "unnamed before the fetch,             3, -, -,       -,  2, -,       false, false, OLDER",
    "unnamed and another was fetched,      -, -5, FORMER, -4, 2, -,       false, false, OLDER",
    "dump from one that never fetches,     -, -, -,       -,  2, dump,    true,  false, BY_HAND",
    "re-offered after a dump of that one,  -, -, -,       -, -1, dump,    true,  false, BY_HAND",
    "agent of one that never fetches,      -, -, -,       -,  2, -,       true,  false, OLDER",
    "dump before the fetch,                3, -, -,       -,  2, dump,    false, false, OLDER",
    "dump after another was fetched,       -, -5, FORMER, -4, 2, dump,    false, false, OLDER",
    "unnamed and never fetches but before, -, -, -,       -, -1, -,       false, false, OLDER",
    "once good and never fetches,          -, -, RELEASE, 1,  2, -,       true,  true,  CURRENT",
    "once good and offered again,          -, -, RELEASE,-9, -1, -,       true,  true,  CURRENT",
    "once good and another fetched since,  -, -3, RELEASE,-9, 2, -,       false, false, OLDER",
    "once good and another fetched before, -, -9, RELEASE,-3, 2, -,       true,  true,  CURRENT"
  })
  void evidenceSpeaksOfAReleaseAsTheTableSays(
      String label,
      String fetched,
      String another,
      String proven,
      String provenAt,
      String received,
      String names,
      boolean speaks,
      boolean known,
      Deployment deployment) {
    boolean dump = names.equals("dump");
    Instant since = label.startsWith("re-offered") ? at("-3") : OFFERED;
    ReleaseEvidence evidence =
        new ReleaseEvidence(
            RELEASE,
            OFFERED,
            since,
            at(fetched),
            at(another),
            proven.equals("-") ? null : new Proven(digest(proven), at(provenAt)),
            at(received),
            digest(names),
            dump);
    assertThat(evidence.speaksOfRelease()).as(label).isEqualTo(speaks);
    assertThat(evidence.isKnownToRun()).as(label).isEqualTo(known);
    assertThat(evidence.deployment()).as(label).isEqualTo(deployment);
  }

  @ParameterizedTest
  @CsvSource({
    // fetched, received, names, hours
    "1, 24, FORMER, -",
    "1, 25, FORMER, 24",
    "1, 27, FORMER, 26",
    "1, 27, RELEASE, -",
    "1, 27, -, -",
    "-, 27, FORMER, -"
  })
  void aHostIsOverdueADayAfterItsFetch(
      String fetched, String received, String names, String hours) {
    ReleaseEvidence evidence =
        new ReleaseEvidence(
            RELEASE, OFFERED, OFFERED, at(fetched), null, null, at(received), digest(names), false);
    assertThat(evidence.overdue())
        .isEqualTo(hours.equals("-") ? null : Duration.ofHours(Long.parseLong(hours)));
    if (hours.equals("26")) {
      assertThat(evidence.notDeployedText())
          .isEqualTo(
              "It fetched the release 26 h before it sent this evidence, and still runs the former"
                  + " release. Rebuild the host, or look why its rebuild fails.");
    }
  }

  @Test
  void everyNotDeployedReasonSaysToRebuild() {
    for (String fetched : new String[] {"-", "1", "3"}) {
      for (String names : new String[] {"-", "FORMER"}) {
        ReleaseEvidence evidence =
            new ReleaseEvidence(
                RELEASE, OFFERED, OFFERED, at(fetched), null, null, at("2"), digest(names), false);
        assertThat(evidence.notDeployedText()).contains("Rebuild the host");
      }
    }
  }

  @Test
  void theRunningReleaseIsTheOneLastProven() {
    Proven former = new Proven(FORMER, at("-2"));
    assertThat(
            new ReleaseEvidence(
                RELEASE, OFFERED, OFFERED, null, at("-5"), former, at("1"), null, false))
        .extracting(ReleaseEvidence::running)
        .isEqualTo(FORMER);
    assertThat(
            new ReleaseEvidence(
                RELEASE, OFFERED, OFFERED, at("1"), at("-5"), former, at("2"), null, false))
        .as("fetched something newer")
        .extracting(ReleaseEvidence::running)
        .isNull();
    assertThat(
            new ReleaseEvidence(
                RELEASE, OFFERED, OFFERED, at("1"), null, former, at("2"), RELEASE, false))
        .extracting(ReleaseEvidence::running)
        .isEqualTo(RELEASE);
  }

  private static Instant at(String hours) {
    return hours.equals("-") ? null : OFFERED.plus(Duration.ofHours(Long.parseLong(hours)));
  }

  private static String digest(String name) {
    return switch (name) {
      case "RELEASE" -> RELEASE;
      case "FORMER" -> FORMER;
      default -> null;
    };
  }
}
