package dev.palisade.rollout.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.audit.Findings;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.Selector;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseDesk;
import dev.palisade.rollout.DespiteLockOut;
import dev.palisade.rollout.HostCheck;
import dev.palisade.rollout.HostCheck.Found;
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
  @Inject private HostCheck check;
  @Inject private ReleaseDesk releaseDesk;
  @Inject private Findings findings;
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
    Rollout rollout = rollouts.existingForChange(id);
    rollout.getVersions().forEach(releaseDesk::requireApproved);
    rollout.start(clock.instant());
    List<HostProgress> planned =
        rollout.getHosts().stream().filter(h -> h.getState() == HostState.PLANNED).toList();
    Map<Long, Found> found =
        check.of(planned.stream().map(HostProgress::getHost).toList(), rollout.getVersions());
    planned.forEach(progress -> offer(rollout, progress, found.get(progress.getHost().id())));
    if (planned.stream().noneMatch(h -> h.getState() == HostState.OFFERED)) {
      throw new DomainException(
          Problem.NOTHING_TO_DO,
          "No host can take part any more; have the plan checked again. "
              + planned.get(0).describe());
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

  /**
   * Plans and starts a rollout of the newest approved versions of a host's profiles to it.
   *
   * @throws DomainException {@link Problem#LOCK_OUT_RISK} when people would be locked out of it
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Rollout rollOutNow(String hostName) {
    return start(planNow(hostName, null).getId());
  }

  /**
   * The same although people may be locked out of the host.
   *
   * @throws DomainException {@link Problem#NOT_VALID} when what would lock them out is not what was
   *     read
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Rollout rollOutNow(String hostName, DespiteLockOut despite) {
    return start(planNow(hostName, despite).getId());
  }

  private Rollout planNow(String hostName, DespiteLockOut despite) {
    Host host = hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
    List<ProfileVersion> newest = hostVersions.newest(host);
    if (newest.isEmpty()) {
      throw new DomainException(
          Problem.NOTHING_TO_DO, hostName + " has no profile. Give it one first.");
    }
    Map<String, Integer> versions = new TreeMap<>();
    newest.forEach(version -> versions.put(version.getProfile().getSlug(), version.getNumber()));
    Rollout rollout =
        planRollout.plan("Roll out to " + hostName, Selector.named(hostName), versions, despite);
    rollout.getHosts().stream()
        .filter(HostProgress::isLockedOut)
        .findFirst()
        .ifPresent(
            progress -> {
              throw new DomainException(Problem.LOCK_OUT_RISK, progress.describe());
            });
    return rollout;
  }

  private void offer(Rollout rollout, HostProgress progress, Found found) {
    progress.check(found, clock.instant());
    if (progress.getState() != HostState.PLANNED) {
      return;
    }
    progress.failedBefore(findings.failing(progress.getHost()));
    try {
      Offer offer =
          releaseDesk.offer(
              progress.getHost(),
              found.content().layers(),
              found.content().next(),
              rollout.getId());
      progress.offered(offer, clock.instant());
    } catch (DomainException e) {
      progress.refused(e.detail(), clock.instant());
    }
  }
}
