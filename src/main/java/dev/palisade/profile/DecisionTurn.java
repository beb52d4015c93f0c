package dev.palisade.profile;

/** Whether it is a person's turn to decide on a version. */
public final class DecisionTurn {

  private DecisionTurn() {}

  /**
   * Says why a person cannot decide on a version now.
   *
   * @param approver whether the person may decide on versions at all
   * @param singleOperator whether who wrote a version may decide on it
   * @return a sentence, or the empty text where the person can decide
   */
  public static String whyNot(
      ProfileVersion version, String person, boolean approver, boolean singleOperator) {
    if (version.getState() != VersionState.IN_REVIEW && !version.isConfirmable()) {
      return "It is " + version.getState().inSentence() + "; there is nothing to decide.";
    }
    if (!approver) {
      return "Deciding needs the role approver.";
    }
    if (version.isWrittenBy(person) && !singleOperator) {
      return "You wrote or edited it. Somebody else decides.";
    }
    boolean decided =
        version.currentDecisions().stream().anyMatch(d -> d.getPerson().equals(person));
    return decided ? "You have decided on this content." : "";
  }
}
