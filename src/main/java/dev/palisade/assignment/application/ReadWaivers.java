package dev.palisade.assignment.application;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Users;
import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.Waivers;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Reads waivers. */
@ApplicationScoped
public class ReadWaivers {

  private static final Duration SOON = Duration.ofDays(14);

  /**
   * A waiver as it stands now.
   *
   * @param hosts the names of its hosts, in order
   * @param endsSoon whether it holds and ends within two weeks
   * @param decidable whether the asker could decide on it
   */
  public record Standing(
      Waiver waiver, WaiverState state, Set<String> hosts, boolean endsSoon, boolean decidable) {}

  @Inject private Waivers waivers;
  @Inject private Hosts hosts;
  @Inject private Users users;
  @Inject private CurrentActor actor;
  @Inject private Clock clock;

  /** Every waiver, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Standing> all() {
    return waivers.all().stream().map(this::standing).toList();
  }

  /** Those that hold a host, newest first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Standing> of(String hostName) {
    return waivers
        .of(hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName)))
        .stream()
        .map(this::standing)
        .toList();
  }

  @Requires(Permission.VIEW)
  @Transactional
  public Standing waiver(long id) {
    return standing(
        waivers.find(id).orElseThrow(() -> DomainException.notFound("waiver", String.valueOf(id))));
  }

  private Standing standing(Waiver waiver) {
    Instant now = clock.instant();
    WaiverState state = waiver.standing(now);
    return new Standing(
        waiver,
        state,
        waiver.hostNames(),
        state == WaiverState.APPROVED && waiver.getExpiresAt().isBefore(now.plus(SOON)),
        state == WaiverState.REQUESTED
            && actor.can(Permission.DECIDE_REVIEWS)
            && (users.isSingleOperator() || !waiver.getRequestedBy().equals(actor.getName())));
  }
}
