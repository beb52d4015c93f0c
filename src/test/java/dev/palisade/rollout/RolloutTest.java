package dev.palisade.rollout;

import static dev.palisade.rollout.RolloutState.ABORTED;
import static dev.palisade.rollout.RolloutState.DRAFT;
import static dev.palisade.rollout.RolloutState.FINISHED;
import static dev.palisade.rollout.RolloutState.HALTED;
import static dev.palisade.rollout.RolloutState.PAUSED;
import static dev.palisade.rollout.RolloutState.RUNNING;
import static dev.palisade.rollout.RolloutState.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palisade.account.Secret;
import dev.palisade.audit.EvidenceReading;
import dev.palisade.audit.HostJudged;
import dev.palisade.audit.HostReach;
import dev.palisade.audit.LockOut;
import dev.palisade.audit.ReleaseEvidence;
import dev.palisade.audit.ReleaseFindings;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Selector;
import dev.palisade.nix.ModuleRenderer;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.rollout.HostCheck.Found;
import dev.palisade.shell.view.Looks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String RELEASE = "a".repeat(64);

  private static final Map<RolloutState, Set<RolloutState>> NEXT =
      Map.of(
          DRAFT, Set.of(SCHEDULED, RUNNING, ABORTED),
          SCHEDULED, Set.of(RUNNING, ABORTED),
          RUNNING, Set.of(PAUSED, HALTED, FINISHED, ABORTED),
          PAUSED, Set.of(RUNNING, ABORTED),
          HALTED, Set.of(RUNNING, ABORTED),
          FINISHED, Set.of(),
          ABORTED, Set.of());

  @ParameterizedTest
  @EnumSource
  void aStateLeadsWhereTheTableSays(RolloutState from) {
    for (RolloutState to : RolloutState.values()) {
      assertThat(from.mayBecome(to)).as(from + " to " + to).isEqualTo(NEXT.get(from).contains(to));
    }
  }

  @Test
  void startsOnceAndOnlyWithAHostThatCanTakePart() {
    Rollout rollout = rollout();
    assertThat(refusal(() -> rollout.start(NOW)).problem()).isEqualTo(Problem.NOTHING_TO_DO);
    rollout.plan(host("a"), Found.refused("It has no profile."), NOW);
    assertThat(refusal(() -> rollout.start(NOW))).hasMessageContaining("a: It has no profile.");
    assertThat(rollout.getState()).isEqualTo(DRAFT);
    rollout.plan(host("b"), reached(""), NOW);
    rollout.start(NOW);
    assertThat(rollout.getState()).isEqualTo(RUNNING);
    assertThat(refusal(() -> rollout.start(NOW)).problem()).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void finishesOnceAndOnlyWhileItRuns() {
    Rollout rollout = rollout();
    rollout.finish(NOW);
    assertThat(rollout.getState()).isEqualTo(DRAFT);
    rollout.plan(host("b"), reached(""), NOW);
    rollout.start(NOW);
    rollout.finish(NOW.plusSeconds(1));
    rollout.finish(NOW.plusSeconds(2));
    assertThat(rollout.getState()).isEqualTo(FINISHED);
    assertThat(rollout.getEndedAt()).isEqualTo(NOW.plusSeconds(1));
  }

  /** What a reading of evidence does to a host, for each state that evidence may meet. */
  @ParameterizedTest
  @CsvSource({
    // reading, offered, fetched, verified, failing, rolled back
    "GOOD,      VERIFIED, VERIFIED, VERIFIED,    VERIFIED, ROLLED_BACK",
    "BAD,       FAILING,  FAILING,  FAILING,     FAILING,  ROLLED_BACK",
    "AS_BEFORE, FAILING,  FAILING,  FAILING,     FAILING,  ROLLED_BACK",
    "OPEN,      OFFERED,  FETCHED,  VERIFIED,    FAILING,  ROLLED_BACK",
    "FORMER,    OFFERED,  FETCHED,  ROLLED_BACK, FAILING,  ROLLED_BACK",
    "UNCLEAR,   OFFERED,  FETCHED,  VERIFIED,    FAILING,  ROLLED_BACK"
  })
  void evidenceMovesAHostAsTheTableSays(
      EvidenceReading reading,
      HostState offered,
      HostState fetched,
      HostState verified,
      HostState failing,
      HostState rolledBack) {
    assertThat(after(reading, HostState.OFFERED).getState()).isEqualTo(offered);
    assertThat(after(reading, HostState.FETCHED).getState()).isEqualTo(fetched);
    assertThat(after(reading, HostState.VERIFIED).getState()).isEqualTo(verified);
    assertThat(after(reading, HostState.FAILING).getState()).isEqualTo(failing);
    assertThat(after(reading, HostState.ROLLED_BACK).getState()).isEqualTo(rolledBack);
  }

  private static HostProgress after(EvidenceReading reading, HostState before) {
    HostProgress progress = offered();
    progress.failedBefore(Set.of("old"));
    switch (before) {
      case FETCHED -> progress.fetched(NOW);
      case VERIFIED -> progress.judged(judged(EvidenceReading.GOOD), NOW);
      case FAILING -> progress.judged(judged(EvidenceReading.BAD), NOW);
      case ROLLED_BACK -> progress.rolledBack("It did not boot.", "", NOW);
      default -> {}
    }
    assertThat(progress.getState()).isEqualTo(before);
    HostJudged event = judged(reading);
    assertThat(event.reading(Set.of("old"))).contains(reading);
    progress.judged(event, NOW);
    assertThat(progress.getReason()).isNotBlank();
    return progress;
  }

  /** Evidence that is read so for a host on which the key {@code old} failed before. */
  private static HostJudged judged(EvidenceReading reading) {
    return switch (reading) {
      case GOOD -> judged(RELEASE, Set.of(), 0, 39, 0, true);
      case BAD -> judged(RELEASE, Set.of("old", "new"), 0, 37, 0, true);
      case AS_BEFORE -> judged(RELEASE, Set.of("old"), 0, 38, 0, true);
      case OPEN -> judged(RELEASE, Set.of(), 2, 37, 0, true);
      case FORMER -> judged("b".repeat(64), Set.of(), 3, 36, 0, true);
      case UNCLEAR -> judged(null, Set.of(), 3, 36, 0, true);
    };
  }

  private static HostJudged judged(
      String named, Set<String> failing, long waiting, long holding, long notKnown, boolean holds) {
    return new HostJudged(
        null,
        new ReleaseEvidence(RELEASE, NOW, NOW, null, null, null, NOW, named, false),
        new ReleaseFindings(failing, waiting, holding, notKnown, 0, holds));
  }

  @Test
  void unnamedFailuresCountAfterTheFetchOnly() {
    ReleaseFindings failing = new ReleaseFindings(Set.of("x"), 0, 38, 0, 0, true);
    HostProgress fetched = offered();
    fetched.judged(
        new HostJudged(
            null,
            new ReleaseEvidence(RELEASE, NOW, NOW, NOW, null, null, NOW, null, false),
            failing),
        NOW);
    assertThat(fetched.getState()).isEqualTo(HostState.FAILING);
    assertThat(fetched.getReason())
        .isEqualTo("1 setting does not hold. The evidence does not name its release.");
    HostProgress carried = offered();
    carried.judged(
        new HostJudged(
            null,
            new ReleaseEvidence(RELEASE, NOW, NOW, null, null, null, NOW, null, true),
            failing),
        NOW);
    assertThat(carried.getState()).isEqualTo(HostState.OFFERED);
    assertThat(carried.getReason())
        .isEqualTo("Waits for the host to fetch its release; 1 setting does not hold yet.");
  }

  @Test
  void evidenceFromBeforeTheOfferSettlesNothing() {
    HostProgress progress = offered();
    progress.judged(
        new HostJudged(
            null,
            new ReleaseEvidence(
                RELEASE, NOW, NOW, null, null, null, NOW.minusSeconds(1), RELEASE, false),
            new ReleaseFindings(Set.of(), 0, 39, 0, 0, true)),
        NOW);
    assertThat(progress.getState()).isEqualTo(HostState.OFFERED);
  }

  @Test
  void aFetchOfADayAgoIsToldApart() {
    HostProgress progress = offered();
    progress.fetched(NOW);
    progress.judged(
        new HostJudged(
            null,
            new ReleaseEvidence(
                RELEASE,
                NOW,
                NOW,
                NOW,
                null,
                null,
                NOW.plusSeconds(26 * 3600),
                "b".repeat(64),
                false),
            new ReleaseFindings(Set.of(), 3, 36, 0, 0, true)),
        NOW);
    assertThat(progress.getState()).isEqualTo(HostState.FETCHED);
    assertThat(progress.getReason())
        .isEqualTo(
            "It fetched the release 26 h before it sent this evidence, and still runs the former"
                + " release.");
  }

  @Test
  void verifiedIsNotGreenWhileSomethingIsUnknown() {
    HostProgress progress = offered();
    progress.judged(judged(RELEASE, Set.of(), 0, 33, 6, true), NOW);
    assertThat(progress.getReason()).isEqualTo("33 settings hold; 6 are not known.");
    assertThat(progress.getWord()).isEqualTo("Verified, 6 not known");
    assertThat(Looks.state(progress.getLook()).tone()).isEqualTo("none");
    HostProgress dump = offered();
    dump.judged(
        new HostJudged(
            null,
            new ReleaseEvidence(RELEASE, NOW, NOW, null, null, null, NOW, null, false),
            new ReleaseFindings(Set.of(), 0, 27, 0, 22, true)),
        NOW);
    assertThat(dump.getReason())
        .isEqualTo("27 settings hold; a dump of sysctls cannot contain 22 more.");
    assertThat(Looks.state(dump.getLook()).tone()).isEqualTo("ok");
  }

  @Test
  void finishedTakesItsColourFromTheOutcome() {
    Rollout rollout = rollout();
    rollout.plan(host("a"), reached(""), NOW);
    rollout.start(NOW);
    assertThat(rollout.getOutcome()).isNull();
    HostProgress only = rollout.getHosts().get(0);
    only.offered(offer(only.getHost()), NOW);
    only.judged(judged(EvidenceReading.BAD), NOW);
    rollout.finish(NOW);
    assertThat(Looks.state(rollout.getLook()).tone()).isEqualTo("fail");
    assertThat(rollout.getWord()).isEqualTo("Finished, with failures");
    only.judged(judged(EvidenceReading.GOOD), NOW);
    assertThat(Looks.state(rollout.getLook()).tone()).isEqualTo("ok");
    only.judged(judged(RELEASE, Set.of(), 0, 33, 6, true), NOW);
    assertThat(Looks.state(rollout.getLook()).tone()).isEqualTo("none");
  }

  @Test
  void anotherRolloutSupersedesWhatIsNotSettled() {
    HostProgress open = offered();
    open.superseded(7, NOW);
    assertThat(open.getState()).isEqualTo(HostState.SUPERSEDED);
    open.judged(judged(EvidenceReading.GOOD), NOW);
    assertThat(open.getState()).isEqualTo(HostState.SUPERSEDED);
    HostProgress settled = offered();
    settled.judged(judged(EvidenceReading.GOOD), NOW);
    settled.superseded(7, NOW);
    assertThat(settled.getState()).isEqualTo(HostState.VERIFIED);
  }

  private static HostProgress offered() {
    Rollout rollout = rollout();
    Host host = host("a");
    HostProgress progress = new HostProgress(rollout, host, reached(""), NOW);
    progress.offered(offer(host), NOW);
    return progress;
  }

  private static Offer offer(Host host) {
    Release release =
        new Release(
            new ReleaseRecord(
                ModuleRenderer.ID,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of()),
            Digest.of(""),
            NOW);
    return new Offer(host, 1, release, 1, "operator", NOW);
  }

  @Test
  void whoWouldBeCutOffIsRefusedUntilLetThroughWithAReason() {
    Rollout rollout = rollout();
    rollout.plan(host("a"), cutOff(SSH), NOW);
    rollout.plan(host("b"), reached("Not known."), NOW);
    HostProgress cut = rollout.getHosts().get(0);
    assertThat(cut.getState()).isEqualTo(HostState.REFUSED);
    assertThat(cut.getReason())
        .isEqualTo("ssh would be cut off. The setting x.y does that. It listens. Open it.");
    assertThat(rollout.getHosts().get(1).getReason()).isEqualTo("Waits for the start. Not known.");

    assertThat(rollout.letThrough(despite("a"), "op", NOW)).containsExactly(cut);
    assertThat(cut.getState()).isEqualTo(HostState.PLANNED);
    assertThat(cut.getLetThrough().getBy()).isEqualTo("op");
    assertThat(cut.getLetThrough().getReason()).isEqualTo("Console at hand");
    assertThat(cut.getLetThrough().getRisks()).containsExactly(SSH);
    cut.check(cutOff(SSH), NOW);
    assertThat(cut.getState()).as("the same again").isEqualTo(HostState.PLANNED);
    cut.check(cutOff(SSH, VPN), NOW);
    assertThat(cut.getState()).as("another one beside it").isEqualTo(HostState.REFUSED);
    assertThat(cut.getReason()).startsWith("This was not known when it was let through.");
  }

  @Test
  void onlyLockOutsAreLetThroughAndEachOtherHostIsNamed() {
    Rollout rollout = rollout();
    rollout.plan(host("a"), cutOff(SSH), NOW);
    rollout.plan(host("b"), reached(""), NOW);
    rollout.plan(host("c"), Found.refused("It has no profile."), NOW);
    DomainException refusal =
        refusal(() -> rollout.letThrough(despite("a", "b", "c", "d"), "op", NOW));
    assertThat(refusal.problem()).isEqualTo(Problem.NOT_VALID);
    assertThat(refusal.faults())
        .extracting(DomainException.Fault::pointer)
        .containsExactly("/hosts/1", "/hosts/2", "/hosts/3");
    assertThat(refusal.faults().get(1).detail()).contains("nobody can let through", "no profile");
    assertThat(rollout.getHosts().get(0).getState()).isEqualTo(HostState.REFUSED);
    assertThat(rollout.getHosts().get(0).getLetThrough()).isNull();
  }

  @Test
  void whatChangedSinceItWasReadIsReadAgain() {
    Rollout rollout = rollout();
    rollout.plan(host("a"), cutOff(SSH), NOW);
    HostProgress cut = rollout.getHosts().get(0);
    DespiteLockOut read =
        new DespiteLockOut("", List.of("a"), "Console at hand", cut.getLockOutDigest());
    cut.check(cutOff(SSH, VPN), NOW);
    assertThat(refusal(() -> rollout.letThrough(read, "op", NOW))).hasMessageContaining("changed");
    cut.check(cutOff(SSH), NOW);
    rollout.letThrough(read, "op", NOW);
    assertThat(cut.getState()).isEqualTo(HostState.PLANNED);
  }

  @Test
  void aRolloutThatHasStartedLetsNobodyElseThrough() {
    Rollout rollout = rollout();
    rollout.plan(host("a"), cutOff(SSH), NOW);
    rollout.plan(host("b"), reached(""), NOW);
    rollout.start(NOW);
    assertThat(refusal(() -> rollout.letThrough(despite("a"), "op", NOW)).problem())
        .isEqualTo(Problem.CONFLICT);
    assertThat(rollout.getHosts().get(0).isLetThroughPossible()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "\u200b\u200b\u200b",
        "\u2060\u00ad\ufeff",
        "...",
        "ok",
        "\u3164\u3164\u3164"
      })
  void blanksAreNoReason(String reason) {
    DomainException refusal = refusal(() -> new DespiteLockOut("/x", List.of("a"), reason, null));
    assertThat(refusal.faults().get(0).pointer()).isEqualTo("/x/reason");
    refusal(() -> new DespiteLockOut("", List.of("a"), "x".repeat(1001), null));
    assertThat(refusal(() -> new DespiteLockOut("", List.of(), "Console", null)).faults())
        .extracting(DomainException.Fault::pointer)
        .containsExactly("/hosts");
  }

  private static final LockOut SSH =
      new LockOut("x.y", "ssh would be cut off", "It listens.", "Open it.");
  private static final LockOut VPN =
      new LockOut("x.z", "WireGuard would be cut off", "It listens.", "Open it.");

  private static DespiteLockOut despite(String... hosts) {
    return new DespiteLockOut("", List.of(hosts), " Console at hand ", null);
  }

  private static Found cutOff(LockOut... lockOuts) {
    return new Found(null, null, new HostReach(List.of(lockOuts), ""));
  }

  private static Found reached(String notKnown) {
    return new Found(null, null, new HostReach(List.of(), notKnown));
  }

  @Test
  void keepsTheNameToOneLine() {
    assertThat(
            refusal(() -> new Rollout("two\nlines", Selector.parse("all"), List.of(), "op", NOW))
                .faults())
        .extracting(DomainException.Fault::pointer)
        .containsExactly("/name");
  }

  private static Rollout rollout() {
    return new Rollout("Monday", Selector.parse("all"), List.of(), "operator", NOW);
  }

  private static Host host(String name) {
    return new Host(name, Map.of(), new Secret(name), "operator", NOW);
  }

  private static DomainException refusal(Runnable act) {
    DomainException refusal = catchThrowableOfType(DomainException.class, act::run);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
