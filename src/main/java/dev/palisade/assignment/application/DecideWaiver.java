package dev.palisade.assignment.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.User;
import dev.palisade.account.Users;
import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.Waivers;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Decides on waivers that somebody else asked for, and ends them. */
@ApplicationScoped
public class DecideWaiver {

  @Inject private Waivers waivers;
  @Inject private Users users;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Approves; that it does not hold is accepted from now on, and what it changes is rolled out by
   * the next rollout.
   *
   * @throws DomainException {@link Problem#SAME_PERSON} for who asked, {@link Problem#CONFLICT}
   *     where it is decided, its time has passed, or who asked is no operator any more
   */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public Waiver approve(long id, String comment) {
    Waiver waiver = waivers.existingForChange(id);
    waiver.approve(
        actor.getName(),
        comment,
        isOperator(waiver.getRequestedBy()),
        users.isSingleOperator(),
        clock.instant());
    return done(waiver, "waiver.approved");
  }

  private boolean isOperator(String person) {
    return users
        .find(person)
        .filter(User::isEnabledPerson)
        .filter(user -> user.actor().can(Permission.OPERATE_FLEET))
        .isPresent();
  }

  /** Rejects; the comment is for who asked. */
  @Requires(Permission.DECIDE_REVIEWS)
  @Transactional
  public Waiver reject(long id, String comment) {
    Waiver waiver = waivers.existingForChange(id);
    waiver.reject(actor.getName(), comment, users.isSingleOperator(), clock.instant());
    return done(waiver, "waiver.rejected");
  }

  /** Ends a waiver at once, or takes back what was asked for. */
  @Requires(Permission.END_WAIVERS)
  @Transactional
  public Waiver revoke(long id) {
    Waiver waiver = waivers.existingForChange(id);
    waiver.revoke(actor.getName(), clock.instant());
    return done(waiver, "waiver.revoked");
  }

  private Waiver done(Waiver waiver, String act) {
    waivers.flush();
    acts.record(act, "waiver", String.valueOf(waiver.getId()), WaiverRecord.of(waiver));
    return waiver;
  }
}
