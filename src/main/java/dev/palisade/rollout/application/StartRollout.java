package dev.palisade.rollout.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.HostParameters;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.Selector;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseDesk;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.HostState;
import dev.palisade.rollout.HostVersions;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Offers every planned host of a rollout its release. */
@ApplicationScoped
public class StartRollout {

  @Inject private Rollouts rollouts;
  @Inject private PlanRollout planRollout;
  @Inject private Hosts hosts;
  @Inject private HostVersions hostVersions;
  @Inject private HostParameters parameters;
  @Inject private ReleaseDesk releaseDesk;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Starts a planned rollout.
   *
   * @throws DomainException {@link Problem#NOTHING_TO_DO} when no host can take part
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Rollout start(long id) {
    Rollout rollout =
        rollouts
            .findForChange(id)
            .orElseThrow(() -> DomainException.notFound("rollout", String.valueOf(id)));
    rollout.getVersions().forEach(releaseDesk::requireApproved);
    rollout.start(clock.instant());
    rollout.getHosts().stream()
        .filter(progress -> progress.getState() == HostState.PLANNED)
        .forEach(progress -> offer(rollout, progress));
    if (rollout.getHosts().stream().noneMatch(h -> h.getState() == HostState.OFFERED)) {
      throw new DomainException(
          Problem.NOTHING_TO_DO,
          "No host can take part any more: " + rollout.getHosts().get(0).describe());
    }
    rollouts.flush();
    Map<String, Object> detail = new TreeMap<>();
    detail.put("rollout", rollout.getId());
    detail.put(
        "offered",
        rollout.getHosts().stream().filter(h -> h.getState() != HostState.REFUSED).count());
    acts.record("rollout.started", "rollout", rollout.getName(), detail);
    return rollout;
  }

  /** Plans and starts a rollout of the newest approved versions of a host's profiles to it. */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Rollout rollOutNow(String hostName) {
    Host host = hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
    List<ProfileVersion> newest = hostVersions.newest(host);
    if (newest.isEmpty()) {
      throw new DomainException(
          Problem.NOTHING_TO_DO, hostName + " has no profile. Give it one first.");
    }
    Map<String, Integer> versions = new TreeMap<>();
    newest.forEach(version -> versions.put(version.getProfile().getSlug(), version.getNumber()));
    Rollout rollout =
        planRollout.plan("Roll out to " + hostName, Selector.named(hostName), versions);
    return start(rollout.getId());
  }

  private void offer(Rollout rollout, HostProgress progress) {
    try {
      List<ProfileVersion> versions = hostVersions.of(progress.getHost(), rollout.getVersions());
      Offer offer =
          releaseDesk.offer(
              progress.getHost(),
              versions,
              parameters.supplied(progress.getHost()),
              rollout.getId());
      progress.offered(offer, clock.instant());
    } catch (DomainException e) {
      progress.refused(e.detail(), clock.instant());
    }
  }
}
