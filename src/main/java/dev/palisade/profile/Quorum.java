package dev.palisade.profile;

import dev.palisade.account.Users;
import java.util.function.Predicate;

/**
 * Whose decisions count at this moment.
 *
 * @param mayDecide whether a username names an enabled person who may decide
 * @param singleOperator whether a home of one is allowed to decide on what it wrote
 */
public record Quorum(Predicate<String> mayDecide, boolean singleOperator) {

  public static Quorum of(Users users) {
    return new Quorum(users::mayDecide, users.isSingleOperator());
  }

  /** How many people whose approval counts approve the content that a version has now. */
  public long approving(ProfileVersion version) {
    return version.currentDecisions().stream()
        .filter(Decision::isApproves)
        .filter(d -> !version.isWrittenBy(d.getPerson()) || (d.isByWriter() && singleOperator))
        .map(Decision::getPerson)
        .distinct()
        .filter(mayDecide)
        .count();
  }
}
