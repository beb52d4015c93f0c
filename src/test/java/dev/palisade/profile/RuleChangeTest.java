package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleChangeTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Quorum ALL = new Quorum(anybody -> true, false);
  private static final Quorum SINGLE = new Quorum(anybody -> true, true);

  private record Step(String name, Consumer<RuleChange> act, RuleChangeState to) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Attempt(Step step, Step after) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("approve", c -> c.approve("second", "", ALL, NOW), RuleChangeState.APPROVED),
          new Step("reject", c -> c.reject("second", "No.", ALL, NOW), RuleChangeState.REJECTED),
          new Step("withdraw", c -> c.withdraw("first", NOW), RuleChangeState.WITHDRAWN),
          new Step("close", c -> c.close(without("first"), NOW), RuleChangeState.VOID));

  static Stream<Step> steps() {
    return STEPS.stream();
  }

  static Stream<Attempt> everyStepAfterEveryOther() {
    return STEPS.stream().flatMap(step -> STEPS.stream().map(after -> new Attempt(step, after)));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void anOpenProposalTakesEachStep(Step step) {
    RuleChange change = proposed();
    step.act().accept(change);
    assertThat(change.getState()).isEqualTo(step.to());
    assertThat(change.getDecidedAt()).isEqualTo(NOW);
    assertThat(change.isDecidableBy("third", ALL)).isFalse();
    assertThat(change.whyVoid(without("first"))).isEmpty();
    assertThat(change.isByProposer()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyStepAfterEveryOther")
  void aDecidedProposalTakesNone(Attempt attempt) {
    RuleChange change = proposed();
    attempt.after().act().accept(change);
    assertThat(refusal(() -> attempt.step().act().accept(change))).isEqualTo(Problem.CONFLICT);
    assertThat(change.getState()).isEqualTo(attempt.after().to());
  }

  @Test
  void whoProposedDoesNotDecide() {
    RuleChange change = proposed();
    assertThat(refusal(() -> change.approve("first", "", ALL, NOW))).isEqualTo(Problem.SAME_PERSON);
    assertThat(refusal(() -> change.reject("first", "No.", ALL, NOW)))
        .isEqualTo(Problem.SAME_PERSON);
    assertThat(change.isDecidableBy("first", ALL)).isFalse();
    assertThat(change.isDecidableBy("second", ALL)).isTrue();
    assertThat(change.getState()).isEqualTo(RuleChangeState.OPEN);
  }

  @Test
  void inSingleOperatorModeWhoProposedDecidesAndThatIsMarked() {
    RuleChange own = proposed();
    assertThat(own.isDecidableBy("first", SINGLE)).isTrue();
    own.approve("first", "", SINGLE, NOW);
    assertThat(own.isByProposer()).isTrue();
    RuleChange other = proposed();
    other.approve("second", "", SINGLE, NOW);
    assertThat(other.isByProposer()).isFalse();
  }

  @Test
  void onlyWhoProposedTakesItBack() {
    assertThat(refusal(() -> proposed().withdraw("second", NOW))).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void aProposalIsVoidOnceItsProposerMayNotDecide() {
    RuleChange change = proposed();
    assertThat(refusal(() -> change.close(ALL, NOW))).isEqualTo(Problem.CONFLICT);
    assertThat(change.whyVoid(without("first"))).startsWith("It is void: first");
    assertThat(refusal(() -> change.approve("second", "", without("first"), NOW)))
        .isEqualTo(Problem.CONFLICT);
    assertThat(change.isDecidableBy("second", without("first"))).isFalse();
    assertThat(change.getState()).isEqualTo(RuleChangeState.OPEN);
  }

  @Test
  void aProposalIsVoidOnceTheRuleChanged() {
    Profile profile = profile(2, 0);
    RuleChange change = new RuleChange(profile, rule(1, 0), "Alone.", "first", NOW);
    profile.tighten(rule(3, 0));
    assertThat(change.whyVoid(ALL))
        .isEqualTo("It is void: the rule changed since it was proposed.");
    assertThat(refusal(() -> change.approve("second", "", ALL, NOW))).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void theRuleLoosensByAnApprovedChangeOnlyAndOnce() {
    Profile profile = profile(2, 0);
    RuleChange change = new RuleChange(profile, rule(1, 24), "Alone.", "first", NOW);
    assertThat(refusal(() -> profile.loosen(change))).isEqualTo(Problem.CONFLICT);
    change.approve("second", "", ALL, NOW);
    profile.loosen(change);
    assertThat(profile.rule()).isEqualTo(rule(1, 24));
    profile.tighten(rule(2, 24));
    assertThat(refusal(() -> profile.loosen(change))).isEqualTo(Problem.CONFLICT);
  }

  @Test
  void aChangeOfAnotherProfileLoosensNothing() {
    RuleChange change = new RuleChange(profile(2, 0), rule(1, 0), "Alone.", "first", NOW);
    change.approve("second", "", ALL, NOW);
    Profile other = new Profile("db", "Databases", "", rule(2, 0), NOW);
    assertThat(refusal(() -> other.loosen(change))).isEqualTo(Problem.CONFLICT);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0, 1, 0, true",
    "2, 0, 2, 1, true",
    "2, 24, 2, 25, true",
    "2, 24, 3, 25, true",
    "2, 24, 1, 0, true",
    "2, 24, 2, 24, false",
    "2, 24, 3, 24, false",
    "2, 24, 2, 1, false",
    "2, 24, 2, 0, false"
  })
  void whatAsksForLessInAnyRespectIsLooser(
      int approvals, int hours, int thenApprovals, int thenHours, boolean looser) {
    Profile profile = profile(approvals, hours);
    ApprovalRule next = rule(thenApprovals, thenHours);
    if (looser) {
      assertThat(refusal(() -> profile.tighten(next))).isEqualTo(Problem.CONFLICT);
      assertThat(profile.rule()).isEqualTo(rule(approvals, hours));
    } else {
      assertThat(refusal(() -> new RuleChange(profile, next, "Why.", "first", NOW)))
          .isEqualTo(Problem.CONFLICT);
      profile.tighten(next);
      assertThat(profile.rule()).isEqualTo(next);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, PT0S", "11, PT0S", "1, PT59M", "1, PT72H1M", "1, -PT1H"})
  void aRuleKeepsItsBounds(int approvals, Duration emergency) {
    assertThat(refusal(() -> new ApprovalRule(approvals, emergency))).isEqualTo(Problem.NOT_VALID);
  }

  @ParameterizedTest
  @CsvSource({"soon", "24", "PT1H30S", "P1M", "PT99999999999999999999H", "''"})
  void whatIsNoDurationInMinutesIsRefused(String text) {
    assertThat(refusal(() -> ApprovalRule.duration(text))).isEqualTo(Problem.NOT_VALID);
  }

  @Test
  void aRuleIsToldInWords() {
    assertThat(ApprovalRule.USUAL.describe()).isEqualTo("1 approval, no emergency");
    assertThat(rule(2, 24).describe())
        .isEqualTo("2 approvals, in an emergency one and the others within 24 hours");
    assertThat(rule(2, 1).getEmergencyWords()).isEqualTo("an hour");
    assertThat(ApprovalRule.USUAL.with(null, ApprovalRule.duration("PT1H30M")).getEmergencyWords())
        .isEqualTo("1 h 30 min");
  }

  @Test
  void whatIsLeftOutStaysAsItIs() {
    assertThat(rule(2, 24).with(null, null)).isEqualTo(rule(2, 24));
    assertThat(rule(2, 24).with(3, null)).isEqualTo(rule(3, 24));
    assertThat(rule(2, 24).with(null, Duration.ZERO)).isEqualTo(rule(2, 0));
    assertThat(ApprovalRule.duration(null)).isNull();
  }

  @Test
  void proposalAndRejectionSayWhy() {
    assertThat(refusal(() -> new RuleChange(profile(2, 0), rule(1, 0), " ", "first", NOW)))
        .isEqualTo(Problem.NOT_VALID);
    assertThat(refusal(() -> proposed().reject("second", "", ALL, NOW)))
        .isEqualTo(Problem.NOT_VALID);
  }

  private static RuleChange proposed() {
    return new RuleChange(profile(2, 0), rule(1, 0), "Alone.", "first", NOW);
  }

  private static Profile profile(int approvals, int hours) {
    return new Profile("web", "Web", "", rule(approvals, hours), NOW);
  }

  private static ApprovalRule rule(int approvals, int hours) {
    return new ApprovalRule(approvals, Duration.ofHours(hours));
  }

  private static Quorum without(String person) {
    return new Quorum(any -> !any.equals(person), false);
  }

  private static Problem refusal(Runnable act) {
    DomainException refusal = catchThrowableOfType(DomainException.class, act::run);
    assertThat(refusal).isNotNull();
    return refusal.problem();
  }
}
