package dev.palisade.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.rollout.HostBacklog.Pending;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is approved and not rolled out. */
class HostBacklogTest {

  @Test
  void newerApprovedVersionIsPending() {
    HostBacklog host =
        HostBacklog.of("a", List.of("lan"), Map.of("lan", 1), Set.of(), Map.of("lan", 2));
    assertThat(host.pending()).containsExactly(new Pending("lan", 1, 2));
    assertThat(host.pending().get(0).describe())
        .isEqualTo("lan v2 is approved; it was offered v1.");
    assertThat(host.isEmpty()).isFalse();
  }

  @Test
  void profileThatWasNeverOfferedIsPending() {
    HostBacklog host = HostBacklog.of("a", List.of("lan"), Map.of(), Set.of(), Map.of("lan", 2));
    assertThat(host.pending()).containsExactly(new Pending("lan", null, 2));
  }

  @Test
  void sameOrRetiredNewerVersionIsNotPending() {
    assertThat(
            HostBacklog.of("a", List.of("lan"), Map.of("lan", 2), Set.of(), Map.of("lan", 2))
                .isEmpty())
        .isTrue();
    assertThat(
            HostBacklog.of("a", List.of("lan"), Map.of("lan", 3), Set.of(), Map.of("lan", 2))
                .isEmpty())
        .isTrue();
    assertThat(HostBacklog.of("a", List.of("lan"), Map.of(), Set.of(), Map.of()).isEmpty())
        .isTrue();
  }

  @Test
  void profileThatWasTakenAwayIsShown() {
    HostBacklog host =
        HostBacklog.of("a", List.of("lan"), Map.of("lan", 1, "wan", 4), Set.of(), Map.of("lan", 1));
    assertThat(host.removed()).containsExactly("wan");
    assertThat(host.withoutProfile()).isFalse();
    HostBacklog none = HostBacklog.of("a", List.of(), Map.of("lan", 1), Set.of(), Map.of());
    assertThat(none.removed()).containsExactly("lan");
    assertThat(none.withoutProfile()).isTrue();
  }

  @Test
  void profileUnderAnotherIsNeitherPendingNorTakenAway() {
    Map<String, Integer> offered = Map.of("base", 1, "lan", 1);
    Map<String, Integer> approved = Map.of("base", 1, "lan", 1);
    assertThat(
            HostBacklog.of("a", List.of("base", "lan"), offered, Set.of("base"), approved)
                .isEmpty())
        .isTrue();
    assertThat(HostBacklog.of("a", List.of("lan"), offered, Set.of("base"), approved).isEmpty())
        .isTrue();
  }

  @Test
  void hostsAreCountedByWhatTheyWereOffered() {
    List<VersionBacklog> versions =
        VersionBacklog.of(
            List.of(
                HostBacklog.of("a", List.of("lan"), Map.of("lan", 1), Set.of(), Map.of("lan", 3)),
                HostBacklog.of("b", List.of("lan"), Map.of("lan", 1), Set.of(), Map.of("lan", 3)),
                HostBacklog.of("c", List.of("lan"), Map.of("lan", 2), Set.of(), Map.of("lan", 3)),
                HostBacklog.of(
                    "d",
                    List.of("lan", "wan"),
                    Map.of("wan", 1),
                    Set.of(),
                    Map.of("lan", 3, "wan", 2))));
    assertThat(versions)
        .containsExactly(
            new VersionBacklog(
                "lan",
                3,
                List.of("a", "b", "c", "d"),
                "1 host was offered v2, 2 hosts were offered v1, 1 host was offered no version"),
            new VersionBacklog("wan", 2, List.of("d"), "1 host was offered v1"));
  }
}
