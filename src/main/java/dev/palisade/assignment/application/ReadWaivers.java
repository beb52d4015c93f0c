package dev.palisade.assignment.application;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Users;
import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.WaiverFilter;
import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.Waivers;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads waivers. */
@ApplicationScoped
public class ReadWaivers {

  /**
   * A waiver as it stands now.
   *
   * @param hosts how many it holds
   * @param endsSoon whether it holds and ends soon
   * @param decidable whether the asker could decide on it
   */
  public record Standing(
      Waiver waiver, WaiverState state, long hosts, boolean endsSoon, boolean decidable) {}

  @Inject private Waivers waivers;
  @Inject private Hosts hosts;
  @Inject private Users users;
  @Inject private CurrentActor actor;
  @Inject private Clock clock;

  /**
   * Some of the waivers that a filter leaves.
   *
   * @throws DomainException not found, where it names a host that there is not
   */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Standing> list(WaiverFilter filter, int offset, int most) {
    if (filter.host() != null) {
      existing(filter.host());
    }
    return standing(waivers.list(filter, clock.instant(), offset, most));
  }

  /** How many the filter leaves. */
  @Requires(Permission.VIEW)
  @Transactional
  public long count(WaiverFilter filter) {
    return waivers.count(filter, clock.instant());
  }

  /** Those that hold a host, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Standing> of(String hostName) {
    return standing(waivers.of(existing(hostName)));
  }

  private Host existing(String hostName) {
    return hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
  }

  @Requires(Permission.VIEW)
  @Transactional
  public Standing waiver(long id) {
    return standing(
            List.of(
                waivers
                    .find(id)
                    .orElseThrow(() -> DomainException.notFound("waiver", String.valueOf(id)))))
        .get(0);
  }

  /** The names of the hosts that each of these holds, in order, by the waiver's id. */
  @Requires(Permission.VIEW)
  @Transactional
  public Map<Long, Set<String>> hostNames(List<Standing> some) {
    return waivers.hostNames(some.stream().map(Standing::waiver).toList());
  }

  private List<Standing> standing(List<Waiver> some) {
    Instant now = clock.instant();
    boolean decides = actor.can(Permission.DECIDE_REVIEWS);
    boolean alone = decides && users.isSingleOperator();
    Map<Long, Long> hosts = waivers.hostCounts(some);
    return some.stream()
        .map(
            waiver -> {
              WaiverState state = waiver.standing(now);
              return new Standing(
                  waiver,
                  state,
                  hosts.getOrDefault(waiver.getId(), 0L),
                  state == WaiverState.APPROVED
                      && waiver.getExpiresAt().isBefore(now.plus(WaiverFilter.SOON)),
                  state == WaiverState.REQUESTED
                      && decides
                      && (alone || !waiver.getRequestedBy().equals(actor.getName())));
            })
        .toList();
  }
}
