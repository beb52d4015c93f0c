package dev.palisade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.audit.ReleaseEvidence.Proven;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an evaluation means for an offer: every expectation is written out. */
class EvidenceReadingTest {

  private static final String RELEASE = "a".repeat(64);
  private static final Instant OFFERED = Instant.parse("2026-01-02T00:00:00Z");

  /** The key {@code old} failed before the offer, the key {@code new} did not. */
  @ParameterizedTest
  @CsvSource({
    // evidence, failing, waiting, change holds, reading
    "names it,              -,       0, true,  GOOD",
    "names it,              -,       0, false, OPEN",
    "names it,              -,       2, true,  OPEN",
    "names it,              -,       2, false, OPEN",
    "names it,              old,     0, true,  AS_BEFORE",
    "names it,              old,     2, false, AS_BEFORE",
    "names it,              new,     0, true,  BAD",
    "names it,              new,     2, false, BAD",
    "names it,              old new, 0, true,  BAD",
    "names another,         -,       0, true,  FORMER",
    "names another,         -,       0, false, FORMER",
    "names another,         old,     0, true,  FORMER",
    "names another,         new,     2, true,  FORMER",
    "unnamed after fetch,   -,       0, true,  GOOD",
    "unnamed after fetch,   -,       0, false, UNCLEAR",
    "unnamed after fetch,   -,       2, true,  UNCLEAR",
    "unnamed after fetch,   old,     0, true,  UNCLEAR",
    "unnamed after fetch,   new,     0, true,  UNCLEAR",
    "unnamed before fetch,  -,       0, true,  UNCLEAR",
    "unnamed before fetch,  new,     0, true,  UNCLEAR",
    "unnamed by hand,       -,       0, true,  GOOD",
    "unnamed by hand,       -,       0, false, UNCLEAR",
    "unnamed by hand,       -,       2, true,  UNCLEAR",
    "unnamed by hand,       new,     0, true,  UNCLEAR",
    "unnamed once good,     -,       0, true,  GOOD",
    "unnamed once good,     -,       0, false, OPEN",
    "unnamed once good,     -,       2, true,  OPEN",
    "unnamed once good,     old,     0, true,  AS_BEFORE",
    "unnamed once good,     new,     0, true,  BAD",
    "older than the offer,  -,       0, true,  -",
    "older than the offer,  new,     0, true,  -",
    "older than the offer,  old,     2, false, -"
  })
  void evidenceIsReadAsTheTableSays(
      String evidence, String failing, long waiting, boolean changeHolds, String reading) {
    Set<String> keys = failing.equals("-") ? Set.of() : Set.of(failing.split(" "));
    ReleaseFindings findings = new ReleaseFindings(keys, waiting, 30, 0, 0, changeHolds);
    String read =
        EvidenceReading.of(evidence(evidence), findings, Set.of("old")).map(Enum::name).orElse("-");
    assertThat(read).isEqualTo(reading);
  }

  private static ReleaseEvidence evidence(String which) {
    Instant later = OFFERED.plusSeconds(60);
    return switch (which) {
      case "names it" -> of(later, null, later.plusSeconds(1), RELEASE);
      case "names another" -> of(later, null, later.plusSeconds(1), "b".repeat(64));
      case "unnamed after fetch" -> of(later, null, later.plusSeconds(1), null);
      case "unnamed before fetch" -> of(later, null, OFFERED.plusSeconds(1), null);
      case "unnamed by hand" -> of(null, null, later, null);
      case "unnamed once good" -> of(null, new Proven(RELEASE, OFFERED), later, null);
      case "older than the offer" -> of(null, null, OFFERED.minusSeconds(1), RELEASE);
      default -> throw new IllegalArgumentException(which);
    };
  }

  private static ReleaseEvidence of(
      Instant fetched, Proven proven, Instant received, String named) {
    return new ReleaseEvidence(
        RELEASE, OFFERED, OFFERED, fetched, null, proven, received, named, false);
  }
}
