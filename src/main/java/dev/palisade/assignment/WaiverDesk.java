package dev.palisade.assignment;

import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.HostGroups;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens waivers: finds their hosts, and makes room where the time of a former one has passed. */
@ApplicationScoped
public class WaiverDesk {

  @Inject private Waivers waivers;
  @Inject private WaiverCheck check;
  @Inject private Hosts hosts;
  @Inject private HostGroups groups;
  @Inject private Clock clock;

  /**
   * Opens a waiver inside the transaction of whoever asks.
   *
   * @throws DomainException naming every fault, or the waiver that is there already
   */
  public Waiver open(String hostName, String groupSlug, WaiverCheck.Asked asked, String person) {
    List<Fault> faults = new ArrayList<>();
    boolean ofHost = hostName != null && !hostName.isBlank();
    boolean ofGroup = groupSlug != null && !groupSlug.isBlank();
    List<Host> held = new ArrayList<>();
    if (ofHost == ofGroup) {
      faults.add(
          new Fault(ofHost ? "/group" : "/host", "Name a host or a group, and not both of them."));
    } else if (ofHost) {
      hosts
          .find(hostName)
          .ifPresentOrElse(
              held::add, () -> faults.add(new Fault("/host", "There is no host of this name.")));
    } else {
      held.addAll(members(groupSlug, faults));
    }
    Waiver.Terms terms = check.terms(held, asked, faults);
    Instant now = clock.instant();
    Optional<Waiver> former =
        ofHost ? waivers.open(held.get(0), terms.key()) : waivers.open(groupSlug, terms.key());
    former.ifPresent(waiver -> makeRoom(waiver, now));
    waivers.flush();
    Waiver waiver =
        ofHost
            ? new Waiver(held.get(0), terms, person, now)
            : new Waiver(groupSlug, held, terms, person, now);
    waivers.add(waiver);
    waivers.flush();
    return waiver;
  }

  /** One that waits or holds stays; one whose time has passed ends. */
  static void makeRoom(Waiver former, Instant now) {
    WaiverState standing = former.standing(now);
    if (standing.isOpen()) {
      throw new DomainException(
          Problem.CONFLICT,
          "A waiver of %s for %s is there already, number %s, and is %s. Revoke it first."
              .formatted(
                  former.getKey(),
                  former.describeTarget(),
                  former.getId(),
                  standing == WaiverState.APPROVED ? "approved" : "asked for"));
    }
    former.expire(now);
  }

  private List<Host> members(String slug, List<Fault> faults) {
    List<Host> members =
        groups
            .find(slug)
            .map(group -> hosts.all().stream().filter(group::holds).toList())
            .orElseGet(
                () -> {
                  faults.add(new Fault("/group", "There is no group of this name."));
                  return List.of();
                });
    if (members.isEmpty() && faults.isEmpty()) {
      faults.add(new Fault("/group", "This group holds no host now."));
    }
    return members;
  }
}
