package dev.palisade.assignment.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.WaiverCheck.Asked;
import dev.palisade.assignment.WaiverDesk;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Asks that a setting need not hold for a while; nothing changes by it. */
@ApplicationScoped
public class AskForWaiver {

  @Inject private WaiverDesk desk;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;

  /**
   * Asks for a waiver, for one host or for the hosts that a group has now.
   *
   * @param hostName null where a group is named
   * @param groupSlug null where a host is named
   * @throws DomainException {@link Problem#CONFLICT} where one for the same setting waits or holds
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Waiver ask(String hostName, String groupSlug, Asked asked) {
    Waiver waiver = desk.open(hostName, groupSlug, asked, actor.getName());
    acts.record(
        "waiver.requested", "waiver", String.valueOf(waiver.getId()), WaiverRecord.of(waiver));
    return waiver;
  }
}
