package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Approvals in an emergency, late ones, and those of somebody alone. */
class EmergencyTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration WITHIN = Duration.ofHours(24);
  private static final Instant DEADLINE = NOW.plus(WITHIN);
  private static final Quorum ALL = new Quorum(anybody -> true, false);
  private static final Quorum SINGLE = new Quorum(anybody -> true, true);

  /** Needed, given before, asked for as an emergency: what comes of one more approval. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, false, APPROVED, false",
    "1, 0, true,  APPROVED, false",
    "2, 0, false, IN_REVIEW, false",
    "2, 0, true,  APPROVED, true",
    "2, 1, false, APPROVED, false",
    "2, 1, true,  APPROVED, false",
    "3, 1, false, IN_REVIEW, false",
    "3, 1, true,  APPROVED, true",
    "3, 2, true,  APPROVED, false"
  })
  void oneApprovalDoesForNowOnlyWhereMoreAreMissing(
      int needed, int given, boolean urgent, VersionState state, boolean emergency) {
    ProfileVersion version = inReview(needed, WITHIN);
    for (int i = 0; i < given; i++) {
      approve(version, "before" + i, false);
    }
    approve(version, "approver", urgent);
    assertThat(version.getState()).isEqualTo(state);
    assertThat(version.isConfirmable()).isEqualTo(emergency);
    assertThat(version.getEmergency() == null ? null : version.getEmergency().getUntil())
        .isEqualTo(emergency ? DEADLINE : null);
    assertThat(version.getDecisions().get(given).isEmergency()).isEqualTo(emergency);
  }

  @Test
  void aProfileThatAllowsNoEmergencyHasNone() {
    ProfileVersion version = inReview(2, Duration.ZERO);
    assertThat(refusal(() -> approve(version, "approver", true))).isEqualTo(Problem.CONFLICT);
    assertThat(version.getState()).isEqualTo(VersionState.IN_REVIEW);
    assertThat(version.getDecisions()).isEmpty();
  }

  @Test
  void anEmergencySaysWhy() {
    ProfileVersion version = inReview(2, WITHIN);
    assertThat(refusal(() -> version.approve("approver", version.getDigest(), " ", true, ALL, NOW)))
        .isEqualTo(Problem.NOT_VALID);
    assertThat(version.getDecisions()).isEmpty();
  }

  @Test
  void neitherAuthorNorEditorApprovesInAnEmergencyOrLate() {
    ProfileVersion version = inReview(2, WITHIN);
    assertThat(refusal(() -> approve(version, "author", true))).isEqualTo(Problem.SAME_PERSON);
    approve(version, "approver", true);
    assertThat(refusal(() -> approve(version, "author", false))).isEqualTo(Problem.SAME_PERSON);
    assertThat(refusal(() -> approve(version, "approver", false))).isEqualTo(Problem.CONFLICT);
    assertThat(version.isConfirmable()).isTrue();
  }

  @Test
  void enoughLateApprovalsConfirmItAndNoMoreAreTaken() {
    ProfileVersion version = inReview(3, WITHIN);
    approve(version, "first", true);
    approve(version, "second", false);
    assertThat(version.isConfirmable()).isTrue();
    approve(version, "third", false);
    assertThat(version.isConfirmable()).isFalse();
    assertThat(version.getEmergency().getConfirmedAt()).isEqualTo(NOW);
    assertThat(refusal(() -> approve(version, "fourth", false))).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void whoWasDisabledSinceIsMissingForTheConfirmation() {
    ProfileVersion version = inReview(2, WITHIN);
    Quorum left = new Quorum(person -> !person.equals("first"), false);
    approve(version, "first", true);
    version.approve("second", version.getDigest(), "", false, left, NOW);
    assertThat(version.isConfirmable()).isTrue();
    version.approve("third", version.getDigest(), "", false, left, NOW);
    assertThat(version.isConfirmable()).isFalse();
  }

  @Test
  void anApprovedVersionIsNotRejected() {
    ProfileVersion version = inReview(2, WITHIN);
    approve(version, "first", true);
    assertThat(refusal(() -> version.reject("second", version.getDigest(), "No.", ALL, NOW)))
        .isEqualTo(Problem.CONFLICT);
    assertThat(version.getState()).isEqualTo(VersionState.APPROVED);
    assertThat(version.getDecisions()).hasSize(1);
  }

  @Test
  void aLateApprovalIsNoEmergency() {
    ProfileVersion version = inReview(3, WITHIN);
    approve(version, "first", true);
    approve(version, "second", true);
    assertThat(version.getDecisions())
        .extracting(Decision::isEmergency)
        .containsExactly(true, false);
    assertThat(version.isConfirmable()).isTrue();
  }

  @Test
  void aRetiredEmergencyIsOver() {
    ProfileVersion version = inReview(2, WITHIN);
    approve(version, "first", true);
    version.retire();
    assertThat(version.isConfirmable()).isFalse();
    assertThat(refusal(() -> approve(version, "second", false))).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void fromTheDeadlineOnItIsNotRolledOutUntilTheOthersApprove() {
    ProfileVersion version = inReview(2, WITHIN);
    approve(version, "first", true);
    version.requireRollable(DEADLINE.minusMillis(1));
    assertThat(VersionFlag.of(version, DEADLINE.minusMillis(1)))
        .containsExactly(VersionFlag.EMERGENCY);
    assertThat(refusal(() -> version.requireRollable(DEADLINE))).isEqualTo(Problem.NOT_APPROVED);
    assertThat(VersionFlag.of(version, DEADLINE)).containsExactly(VersionFlag.EMERGENCY_LAPSED);
    version.approve("second", version.getDigest(), "", false, ALL, DEADLINE.plusSeconds(1));
    version.requireRollable(DEADLINE.plusSeconds(1));
    assertThat(VersionFlag.of(version, DEADLINE.plusSeconds(1))).isEmpty();
  }

  @Test
  void onlyApprovedVersionsAreRollable() {
    ProfileVersion version = inReview(1, WITHIN);
    approve(version, "first", false);
    version.requireRollable(DEADLINE);
    assertThat(refusal(() -> inReview(1, WITHIN).requireRollable(NOW)))
        .isEqualTo(Problem.NOT_APPROVED);
  }

  @Test
  void inSingleOperatorModeTheAuthorDecidesAndThatIsMarked() {
    ProfileVersion version = inReview(1, Duration.ZERO);
    version.approve("author", version.getDigest(), "", false, SINGLE, NOW);
    assertThat(version.getState()).isEqualTo(VersionState.APPROVED);
    assertThat(version.getDecisions()).allMatch(Decision::isByWriter);
    assertThat(VersionFlag.of(version, NOW)).containsExactly(VersionFlag.SINGLE_OPERATOR);
    ProfileVersion other = inReview(1, Duration.ZERO);
    other.approve("second", other.getDigest(), "", false, SINGLE, NOW);
    assertThat(other.getDecisions()).noneMatch(Decision::isByWriter);
  }

  @Test
  void whoBecameAWriterAfterwardsDoesNotCountEvenInSingleOperatorMode() {
    ProfileVersion version = inReview(2, Duration.ZERO);
    approve(version, "second", false);
    version.withdraw();
    version.submit("second", NOW);
    assertThat(SINGLE.approving(version)).isZero();
  }

  @Test
  void onceTheModeIsOffAnOpenApprovalOfTheAuthorNoLongerCounts() {
    ProfileVersion version = inReview(2, Duration.ZERO);
    version.approve("author", version.getDigest(), "", false, SINGLE, NOW);
    assertThat(SINGLE.approving(version)).isEqualTo(1);
    assertThat(ALL.approving(version)).isZero();
    approve(version, "second", false);
    assertThat(version.getState()).isEqualTo(VersionState.IN_REVIEW);
    approve(version, "third", false);
    assertThat(version.getState()).isEqualTo(VersionState.APPROVED);
  }

  private static void approve(ProfileVersion version, String person, boolean urgent) {
    version.approve(person, version.getDigest(), "It burns.", urgent, ALL, NOW);
  }

  private static ProfileVersion inReview(int needed, Duration within) {
    Profile profile = new Profile("web", "Web", "", new ApprovalRule(needed, within), NOW);
    VersionContent content =
        new VersionContent(
            List.of(new ProfileSetting("net.ipv4.tcp_syncookies", new SettingValue.Int(1))));
    ProfileVersion version = new ProfileVersion(profile, 1, content, "author", NOW);
    version.submit("author", NOW);
    return version;
  }

  private static Problem refusal(Runnable act) {
    DomainException refusal = catchThrowableOfType(DomainException.class, act::run);
    assertThat(refusal).isNotNull();
    return refusal.problem();
  }
}
