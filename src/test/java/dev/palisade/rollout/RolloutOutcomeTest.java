package dev.palisade.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.rollout.RolloutOutcome.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a rollout came out; every expectation is written out. */
class RolloutOutcomeTest {

  /** A number after a success says how many settings are not known. */
  @ParameterizedTest
  @CsvSource({
    "'',                          NOTHING",
    "SUCCESS,                     VERIFIED",
    "SUCCESS SUCCESS,             VERIFIED",
    "SUCCESS6,                    PARTLY",
    "SUCCESS SUCCESS1,            PARTLY",
    "SUCCESS NEUTRAL,             PARTLY",
    "SUCCESS OPEN,                PARTLY",
    "SUCCESS FAILURE,             FAILED",
    "SUCCESS6 FAILURE,            FAILED",
    "NEUTRAL FAILURE,             FAILED",
    "OPEN FAILURE,                FAILED",
    "FAILURE,                     FAILED",
    "SUCCESS NEUTRAL FAILURE,     FAILED",
    "NEUTRAL,                     NOTHING",
    "NEUTRAL NEUTRAL,             NOTHING",
    "NEUTRAL OPEN,                NOTHING",
    "OPEN,                        NOTHING"
  })
  void theOutcomeIsDerivedFromTheHosts(String hosts, RolloutOutcome expected) {
    List<Member> members =
        Arrays.stream(hosts.split(" ")).filter(h -> !h.isEmpty()).map(m -> member(m)).toList();
    assertThat(RolloutOutcome.of(members)).isEqualTo(expected);
  }

  @Test
  void everyHostStateHasItsEffect() {
    Map<HostState, Effect> effects =
        Map.of(
            HostState.PLANNED, Effect.OPEN,
            HostState.REFUSED, Effect.NEUTRAL,
            HostState.OFFERED, Effect.OPEN,
            HostState.FETCHED, Effect.OPEN,
            HostState.VERIFIED, Effect.SUCCESS,
            HostState.FAILING, Effect.FAILURE,
            HostState.SUPERSEDED, Effect.NEUTRAL,
            HostState.ROLLED_BACK, Effect.FAILURE);
    for (HostState state : HostState.values()) {
      assertThat(state.effect()).as(state.name()).isEqualTo(effects.get(state));
    }
  }

  private static Member member(String word) {
    String unknown = word.replaceAll("[A-Z]", "");
    return new Member(
        Effect.valueOf(word.replaceAll("[0-9]", "")),
        unknown.isEmpty() ? 0 : Long.parseLong(unknown));
  }
}
