package dev.palisade.profile;

import static dev.palisade.profile.VersionState.APPROVED;
import static dev.palisade.profile.VersionState.DRAFT;
import static dev.palisade.profile.VersionState.IN_REVIEW;
import static dev.palisade.profile.VersionState.REJECTED;
import static dev.palisade.profile.VersionState.RETIRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palisade.catalog.SettingValue;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileVersionTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final VersionContent CONTENT = content(1);
  private static final Digest DIGEST = CONTENT.digest();
  private static final Quorum ALL = new Quorum(anybody -> true, false);

  /**
   * What somebody does to a version, the one state from which it is possible, and where it leads.
   */
  private record Step(
      String name, Consumer<ProfileVersion> act, VersionState from, VersionState to) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Attempt(Step step, VersionState from) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("edit", v -> v.edit(content(0), null, "author"), DRAFT, DRAFT),
          new Step("submit", v -> v.submit("author", NOW), DRAFT, IN_REVIEW),
          new Step("withdraw", ProfileVersion::withdraw, IN_REVIEW, DRAFT),
          new Step("approve", v -> approve(v, "approver"), IN_REVIEW, APPROVED),
          new Step(
              "reject", v -> v.reject("approver", DIGEST, "No.", ALL, NOW), IN_REVIEW, REJECTED),
          new Step("retire", ProfileVersion::retire, APPROVED, RETIRED));

  static Stream<Attempt> everyStepInEveryState() {
    return STEPS.stream()
        .flatMap(step -> Stream.of(VersionState.values()).map(from -> new Attempt(step, from)));
  }

  @ParameterizedTest
  @MethodSource("everyStepInEveryState")
  void aStepIsPossibleFromItsStateOnlyAndElseChangesNothing(Attempt attempt) {
    ProfileVersion version = in(attempt.from());
    if (attempt.from() == attempt.step().from()) {
      attempt.step().act().accept(version);
      assertThat(version.getState()).isEqualTo(attempt.step().to());
    } else {
      int decisions = version.getDecisions().size();
      assertThat(refusal(() -> attempt.step().act().accept(version)).problem())
          .isEqualTo(Problem.CONFLICT);
      assertThat(version.getState()).isEqualTo(attempt.from());
      assertThat(version.getDigest()).isEqualTo(DIGEST);
      assertThat(version.getDecisions()).hasSize(decisions);
    }
  }

  @Test
  void onlyWhoCanDecideIsToldToDecide() {
    ProfileVersion version = in(IN_REVIEW, 2);
    assertThat(DecisionTurn.whyNot(version, "approver", true, false)).isEmpty();
    assertThat(DecisionTurn.whyNot(version, "viewer", false, false)).contains("role approver");
    assertThat(DecisionTurn.whyNot(version, "author", true, false)).contains("Somebody else");
    assertThat(DecisionTurn.whyNot(version, "author", true, true)).isEmpty();
    approve(version, "approver");
    assertThat(DecisionTurn.whyNot(version, "approver", true, false)).contains("have decided");
    assertThat(DecisionTurn.whyNot(version, "second", true, false)).isEmpty();
    assertThat(DecisionTurn.whyNot(in(DRAFT), "approver", true, false))
        .contains("nothing to decide");
  }

  @Test
  void authorCannotApproveOwnVersion() {
    ProfileVersion version = in(IN_REVIEW);
    assertThat(refusal(() -> approve(version, "author")).problem()).isEqualTo(Problem.SAME_PERSON);
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
    assertThat(version.getDecisions()).isEmpty();
  }

  @Test
  void whoEditedADraftOfSomebodyElseCannotApproveIt() {
    ProfileVersion version = in(DRAFT);
    version.edit(CONTENT, DIGEST, "second");
    version.submit("author", NOW);
    assertThat(refusal(() -> approve(version, "second")).problem()).isEqualTo(Problem.SAME_PERSON);
    assertThat(version.getWriters()).containsExactly("author", "second");
    approve(version, "third");
    assertThat(version.getState()).isEqualTo(APPROVED);
  }

  @Test
  void whoSubmittedSomebodyElsesDraftCannotApproveIt() {
    ProfileVersion version = in(DRAFT);
    version.submit("pusher", NOW);
    assertThat(refusal(() -> approve(version, "pusher")).problem()).isEqualTo(Problem.SAME_PERSON);
  }

  @Test
  void anApprovalNamesTheContentThatWasRead() {
    ProfileVersion version = in(IN_REVIEW);
    Digest other = content(0).digest();
    assertThat(refusal(() -> version.approve("approver", other, "", false, ALL, NOW)).problem())
        .isEqualTo(Problem.CONTENT_CHANGED);
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
  }

  @Test
  void anEditVoidsEarlierApprovals() {
    ProfileVersion version = in(IN_REVIEW, 2);
    approve(version, "first");
    version.withdraw();
    version.edit(content(0), DIGEST, "author");
    version.submit("author", NOW);
    assertThat(version.currentDecisions()).isEmpty();
    version.approve("second", version.getDigest(), "", false, ALL, NOW);
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
    version.approve("first", version.getDigest(), "", false, ALL, NOW);
    assertThat(version.getState()).isEqualTo(APPROVED);
    assertThat(version.getDecisions()).hasSize(3);
  }

  @Test
  void onePersonCountsOnce() {
    ProfileVersion version = in(IN_REVIEW, 2);
    approve(version, "first");
    assertThat(refusal(() -> approve(version, "first")).problem()).isEqualTo(Problem.CONFLICT);
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
  }

  @Test
  void whoWasDisabledBeforeTheLastApprovalDoesNotCount() {
    ProfileVersion version = in(IN_REVIEW, 2);
    approve(version, "first");
    version.approve("second", DIGEST, "", false, without("first"), NOW);
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
    version.approve("third", DIGEST, "", false, without("first"), NOW);
    assertThat(version.getState()).isEqualTo(APPROVED);
  }

  @Test
  void aStaleEditIsRefused() {
    ProfileVersion version = in(DRAFT);
    version.edit(content(0), DIGEST, "author");
    assertThat(refusal(() -> version.edit(content(2), DIGEST, "second")).problem())
        .isEqualTo(Problem.CONTENT_CHANGED);
    assertThat(version.content()).isEqualTo(content(0));
    assertThat(version.getWriters()).containsExactly("author");
  }

  @Test
  void editsOfOneSettingMeetOnlyThere() {
    ProfileVersion version = in(DRAFT);
    String cookies = "net.ipv4.tcp_syncookies";
    String seen = version.content().find(cookies).orElseThrow().fingerprint();
    ProfileSetting sack = new ProfileSetting("net.ipv4.tcp_sack", new SettingValue.Int(1));
    version.edit(sack.key(), "", sack, "second");
    version.edit(cookies, seen, new ProfileSetting(cookies, new SettingValue.Int(0)), "author");
    assertThat(refusal(() -> version.edit(cookies, seen, null, "second")).problem())
        .isEqualTo(Problem.CONTENT_CHANGED);
    assertThat(refusal(() -> version.edit(sack.key(), "", sack, "third")).problem())
        .isEqualTo(Problem.CONTENT_CHANGED);
    version.edit(sack.key(), sack.fingerprint(), null, "second");
    assertThat(version.content()).isEqualTo(content(0));
    assertThat(version.getWriters()).containsExactly("author", "second");
  }

  @Test
  void anEmptyVersionIsNotSubmitted() {
    ProfileVersion version = new ProfileVersion(profile(1), 1, VersionContent.EMPTY, "author", NOW);
    assertThat(refusal(() -> version.submit("author", NOW)).problem()).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void neitherAuthorNorWhoReadSomethingElseRejects() {
    ProfileVersion version = in(IN_REVIEW);
    assertThat(refusal(() -> version.reject("author", DIGEST, "No.", ALL, NOW)).problem())
        .isEqualTo(Problem.SAME_PERSON);
    Digest other = content(0).digest();
    assertThat(refusal(() -> version.reject("approver", other, "No.", ALL, NOW)).problem())
        .isEqualTo(Problem.CONTENT_CHANGED);
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
  }

  @Test
  void noSettingOfWhatIsInReviewIsEdited() {
    ProfileVersion version = in(IN_REVIEW);
    String key = "net.ipv4.tcp_sack";
    ProfileSetting sack = new ProfileSetting(key, new SettingValue.Int(1));
    assertThat(refusal(() -> version.edit(key, "", sack, "author")).problem())
        .isEqualTo(Problem.CONFLICT);
    assertThat(version.getDigest()).isEqualTo(DIGEST);
  }

  @Test
  void aRejectionSaysWhy() {
    ProfileVersion version = in(IN_REVIEW);
    assertThat(refusal(() -> version.reject("approver", DIGEST, " \n", ALL, NOW)).faults())
        .extracting(DomainException.Fault::pointer)
        .containsExactly("/comment");
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
  }

  @Test
  void aVersionThatLiesOverAnotherIsSubmittedWithoutSettingsOfItsOwn() {
    VersionContent over = VersionContent.EMPTY.over(new VersionRef("base", 1, DIGEST));
    ProfileVersion version = new ProfileVersion(profile(1), 1, over, "author", NOW);
    version.submit("author", NOW);
    assertThat(version.getState()).isEqualTo(IN_REVIEW);
  }

  @Test
  void approvedAndRetiredVersionsWereApproved() {
    assertThat(VersionState.values())
        .filteredOn(VersionState::wasApproved)
        .containsExactly(APPROVED, RETIRED);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Web", "-web", "web-", "w b"})
  void aProfileHasASlug(String slug) {
    assertThat(refusal(() -> new Profile(slug, "Web", "", ApprovalRule.USUAL, NOW)).faults())
        .extracting(DomainException.Fault::pointer)
        .containsExactly("/slug");
  }

  @Test
  void aProfileHasAName() {
    assertThat(profile(1).getName()).isEqualTo("Web");
    assertThat(refusal(() -> profile(1).describe(" ", "")).faults())
        .extracting(DomainException.Fault::pointer)
        .containsExactly("/name");
  }

  private static void approve(ProfileVersion version, String person) {
    version.approve(person, DIGEST, "", false, ALL, NOW);
  }

  private static ProfileVersion in(VersionState state) {
    return in(state, 1);
  }

  private static ProfileVersion in(VersionState state, int approvals) {
    ProfileVersion version = new ProfileVersion(profile(approvals), 1, CONTENT, "author", NOW);
    if (state == DRAFT) {
      return version;
    }
    version.submit("author", NOW);
    if (state == REJECTED) {
      version.reject("somebody", DIGEST, "No.", ALL, NOW);
    } else if (state != IN_REVIEW) {
      approve(version, "somebody");
      if (state == RETIRED) {
        version.retire();
      }
    }
    return version;
  }

  private static Quorum without(String person) {
    return new Quorum(any -> !any.equals(person), false);
  }

  private static Profile profile(int approvals) {
    return new Profile("web", "Web", "", new ApprovalRule(approvals, Duration.ZERO), NOW);
  }

  private static VersionContent content(long value) {
    return new VersionContent(
        List.of(new ProfileSetting("net.ipv4.tcp_syncookies", new SettingValue.Int(value))));
  }

  private static DomainException refusal(Runnable act) {
    DomainException refusal = catchThrowableOfType(DomainException.class, act::run);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
