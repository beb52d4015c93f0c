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
import dev.palisade.audit.HostReach;
import dev.palisade.audit.LockOut;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Selector;
import dev.palisade.nix.ModuleRenderer;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.rollout.HostCheck.Found;
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

  /** What evidence says of a host that was offered its release, and where the host then stands. */
  @ParameterizedTest
  @CsvSource({
    // failing, holding, not known, deployed, state
    "0, 39, 0, true, VERIFIED",
    "0, 39, 4, true, VERIFIED",
    "0, 39, 4, false, VERIFIED",
    "0, 0, 49, true, OFFERED",
    "0, 0, 0, true, OFFERED",
    "2, 39, 0, true, FAILING",
    "2, 39, 0, false, OFFERED",
    "49, 0, 0, false, OFFERED"
  })
  void evidenceSettlesAHostOnlyWhereItSaysSomething(
      long failing, long holding, long notKnown, boolean deployed, HostState expected) {
    HostProgress progress = offered();
    progress.judged(failing, holding, notKnown, deployed, NOW);
    assertThat(progress.getState()).isEqualTo(expected);
    assertThat(progress.getReason()).isNotBlank();
  }

  @Test
  void aSettledHostIsJudgedAgainAndNeverGoesBack() {
    HostProgress progress = offered();
    progress.fetched(NOW);
    progress.judged(0, 39, 4, true, NOW);
    assertThat(progress.getReason()).isEqualTo("39 settings hold; 4 are not known.");
    progress.judged(1, 38, 4, true, NOW);
    assertThat(progress.getState()).isEqualTo(HostState.FAILING);
    progress.fetched(NOW);
    progress.judged(0, 0, 49, true, NOW);
    assertThat(progress.getState()).isEqualTo(HostState.FAILING);
  }

  @Test
  void anotherRolloutSupersedesWhatIsNotSettled() {
    HostProgress open = offered();
    open.superseded(7, NOW);
    assertThat(open.getState()).isEqualTo(HostState.SUPERSEDED);
    open.judged(0, 39, 0, true, NOW);
    assertThat(open.getState()).isEqualTo(HostState.SUPERSEDED);
    HostProgress settled = offered();
    settled.judged(0, 39, 0, true, NOW);
    settled.superseded(7, NOW);
    assertThat(settled.getState()).isEqualTo(HostState.VERIFIED);
  }

  private static HostProgress offered() {
    Rollout rollout = rollout();
    Host host = host("a");
    HostProgress progress = new HostProgress(rollout, host, reached(""), NOW);
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
            NOW);
    progress.offered(new Offer(host, 1, release, 1, "operator", NOW), NOW);
    return progress;
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
