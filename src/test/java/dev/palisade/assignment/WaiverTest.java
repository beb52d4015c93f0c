package dev.palisade.assignment;

import static dev.palisade.assignment.WaiverState.APPROVED;
import static dev.palisade.assignment.WaiverState.EXPIRED;
import static dev.palisade.assignment.WaiverState.REJECTED;
import static dev.palisade.assignment.WaiverState.REQUESTED;
import static dev.palisade.assignment.WaiverState.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palisade.account.Secret;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WaiverTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(30));

  private static Host host(String name) {
    return new Host(name, Map.of("env", "home"), Secret.fresh("ph_"), "operator", NOW);
  }

  private static Waiver waiver(Instant end, String reason) {
    return new Waiver(
        host("atlas"),
        new Waiver.Terms("kernel.sysrq", WaiverEffect.VALUE, new SettingValue.Int(1), reason, end),
        "operator",
        NOW);
  }

  private static Waiver asked() {
    return waiver(END, "The console needs it.");
  }

  private static Waiver approved() {
    Waiver waiver = asked();
    waiver.approve("approver", "For now.", true, false, NOW);
    return waiver;
  }

  private static DomainException refusal(ThrowingCallable call) {
    DomainException refused = catchThrowableOfType(DomainException.class, call);
    assertThat(refused).isNotNull();
    return refused;
  }

  @Test
  void goesFromStateToStateAsTheTableSays() {
    Map<WaiverState, Set<WaiverState>> table =
        Map.of(
            REQUESTED, Set.of(APPROVED, REJECTED, REVOKED, EXPIRED),
            APPROVED, Set.of(REVOKED, EXPIRED),
            REJECTED, Set.of(),
            REVOKED, Set.of(),
            EXPIRED, Set.of());
    for (WaiverState from : WaiverState.values()) {
      for (WaiverState to : WaiverState.values()) {
        assertThat(from.mayBecome(to))
            .as(from + " to " + to)
            .isEqualTo(table.get(from).contains(to));
      }
      assertThat(from.isOpen()).isEqualTo(!table.get(from).isEmpty());
    }
  }

  @Test
  void whoAskedDoesNotDecideUnlessThePortalIsOnePersons() {
    assertThat(refusal(() -> asked().approve("operator", "", true, false, NOW)).problem())
        .isEqualTo(Problem.SAME_PERSON);
    assertThat(refusal(() -> asked().reject("operator", "No.", false, NOW)).problem())
        .isEqualTo(Problem.SAME_PERSON);
    Waiver alone = asked();
    alone.approve("operator", "", true, true, NOW);
    assertThat(alone.isByRequester()).isTrue();
    assertThat(approved().isByRequester()).isFalse();
  }

  @Test
  void isDecidedOnceAndNotAfterItsTime() {
    Waiver waiver = approved();
    for (ThrowingCallable again :
        List.<ThrowingCallable>of(
            () -> waiver.approve("another", "", true, false, NOW),
            () -> waiver.reject("another", "No.", false, NOW),
            () -> asked().approve("approver", "", true, false, END),
            () -> approved().revoke("operator", END))) {
      assertThat(refusal(again).problem()).isEqualTo(Problem.CONFLICT);
    }
    assertThat(refusal(() -> asked().reject("approver", " ", false, NOW)).faults())
        .extracting(DomainException.Fault::pointer)
        .containsExactly("/comment");
  }

  @Test
  void endsByItselfAtTheMomentThatItSays() {
    Waiver waiver = approved();
    assertThat(waiver.standing(END.minusMillis(1))).isEqualTo(APPROVED);
    assertThat(waiver.standing(END)).isEqualTo(EXPIRED);
    assertThat(asked().standing(END)).isEqualTo(EXPIRED);
    waiver.expire(END);
    assertThat(waiver.getState()).isEqualTo(EXPIRED);
    assertThat(waiver.wasApproved()).isTrue();
  }

  @Test
  void oneThatWaitsOrHoldsMakesNoRoomForAnother() {
    assertThatThrownBy(() -> WaiverDesk.makeRoom(asked(), NOW))
        .hasMessageContaining("kernel.sysrq for host atlas")
        .hasMessageContaining("is asked for");
    assertThatThrownBy(() -> WaiverDesk.makeRoom(approved(), NOW))
        .hasMessageContaining("is approved");
    Waiver past = approved();
    WaiverDesk.makeRoom(past, END);
    assertThat(past.getState()).isEqualTo(EXPIRED);
    assertThat(refusal(() -> asked().expire(NOW)).problem()).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void whatWasAskedByNoOperatorAnyMoreIsVoidAndStillSaysFirstThatItIsDecided() {
    assertThat(refusal(() -> asked().approve("approver", "", false, false, NOW)))
        .hasMessageContaining("is no operator any more");
    assertThat(refusal(() -> approved().approve("approver", "", false, false, NOW)))
        .hasMessageContaining("is approved");
  }

  @Test
  void isRevokedWhileItWaitsAndWhileItHolds() {
    Waiver waiting = asked();
    waiting.revoke("operator", NOW);
    assertThat(waiting.getState()).isEqualTo(REVOKED);
    assertThat(waiting.wasApproved()).isFalse();
    Waiver holding = approved();
    holding.revoke("approver", NOW);
    assertThat(holding.getEndedBy()).isEqualTo("approver");
    assertThat(holding.wasApproved()).isTrue();
  }

  @Test
  void endsInTheFutureAndWithinAYear() {
    for (Instant end :
        new Instant[] {null, NOW, NOW.minusSeconds(1), NOW.plus(Waiver.LONGEST).plusMillis(1)}) {
      assertThat(refusal(() -> waiver(end, "Why")).faults())
          .extracting(DomainException.Fault::pointer)
          .containsExactly("/expiresAt");
    }
    assertThat(waiver(NOW.plus(Waiver.LONGEST), "Why").getState()).isEqualTo(REQUESTED);
    for (String reason : new String[] {null, " ", "x".repeat(10_001)}) {
      assertThat(refusal(() -> waiver(END, reason)).faults())
          .extracting(DomainException.Fault::pointer)
          .containsExactly("/reason");
    }
  }

  @Test
  void hostsLeaveAndNoneJoins() {
    Waiver waiver =
        new Waiver(
            "edge",
            List.of(host("atlas"), host("boreas")),
            new Waiver.Terms("kernel.sysrq", WaiverEffect.ACCEPT, null, "Why", END),
            "operator",
            NOW);
    assertThat(waiver.keep(host -> host.getName().equals("atlas"))).containsExactly("boreas");
    assertThat(waiver.hostNames()).containsExactly("atlas");
    assertThat(waiver.keep(host -> true)).isEmpty();
    assertThat(waiver.hostNames()).containsExactly("atlas");
  }
}
