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
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    rollout.refuse(host("a"), "It has no profile.", NOW);
    assertThat(refusal(() -> rollout.start(NOW))).hasMessageContaining("a: It has no profile.");
    assertThat(rollout.getState()).isEqualTo(DRAFT);
    rollout.plan(host("b"), NOW);
    rollout.start(NOW);
    assertThat(rollout.getState()).isEqualTo(RUNNING);
    assertThat(refusal(() -> rollout.start(NOW)).problem()).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void finishesWhenEvidenceHasSpokenOnEveryHost() {
    Rollout rollout = rollout();
    rollout.refuse(host("a"), "It has no profile.", NOW);
    rollout.plan(host("b"), NOW);
    rollout.start(NOW);
    rollout.finishWhenDone(NOW);
    assertThat(rollout.getState()).isEqualTo(RUNNING);
    assertThat(rollout.getEndedAt()).isNull();
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
