package dev.palisade.rollout.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.Selector;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.release.ReleaseDesk;
import dev.palisade.rollout.DespiteLockOut;
import dev.palisade.rollout.HostCheck;
import dev.palisade.rollout.HostCheck.Found;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.Rollouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lists the hosts of a rollout and refuses those that cannot take part; nothing is offered yet. */
@ApplicationScoped
public class PlanRollout {

  @Inject private Rollouts rollouts;
  @Inject private Hosts hosts;
  @Inject private Profiles profiles;
  @Inject private HostCheck check;
  @Inject private HostsLetThrough letThrough;
  @Inject private ReleaseDesk releaseDesk;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * The version that somebody is about to plan a rollout of.
   *
   * @throws DomainException {@link Problem#NOT_FOUND} where there is no such version
   */
  @Requires(Permission.VIEW)
  @Transactional
  public ProfileVersion version(String slug, int number) {
    return profiles.existing(slug, number);
  }

  /**
   * Plans a rollout of one wave.
   *
   * @param versions the number to roll out, by profile slug
   * @param despite hosts to let through despite lock-outs, or null
   * @throws DomainException {@link Problem#NOT_APPROVED} for a version that is not approved
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Rollout plan(
      String name, Selector selector, Map<String, Integer> versions, DespiteLockOut despite) {
    List<ProfileVersion> named = named(versions);
    named.forEach(releaseDesk::requireApproved);
    Rollout rollout = new Rollout(name, selector, named, actor.getName(), clock.instant());
    List<Host> chosen = hosts.all().stream().filter(selector::matches).toList();
    Map<Long, Found> found = check.of(chosen, named);
    chosen.forEach(host -> rollout.plan(host, found.get(host.id()), clock.instant()));
    rollouts.add(rollout);
    rollouts.flush();
    Map<String, Object> detail = new TreeMap<>();
    detail.put("rollout", rollout.getId());
    detail.put("selector", rollout.getSelector());
    detail.put("versions", named.stream().map(ProfileVersion::describe).toList());
    acts.record("rollout.planned", "rollout", rollout.getName(), detail);
    if (despite != null) {
      letThrough.take(rollout, despite);
    }
    return rollout;
  }

  /**
   * Looks at the hosts of a plan again: evidence, profiles and parameters may have changed.
   *
   * @throws DomainException {@link Problem#CONFLICT} once it has started
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Rollout checkAgain(long id) {
    Rollout rollout = rollouts.existingForChange(id);
    rollout.requireDraft();
    List<Host> chosen = rollout.getHosts().stream().map(HostProgress::getHost).toList();
    Map<Long, Found> found = check.of(chosen, rollout.getVersions());
    rollout
        .getHosts()
        .forEach(progress -> progress.check(found.get(progress.getHost().id()), clock.instant()));
    acts.record("rollout.checked", "rollout", rollout.getName(), Map.of("rollout", id));
    return rollout;
  }

  /**
   * Takes hosts into a plan although people may be locked out of them.
   *
   * @throws DomainException {@link Problem#CONFLICT} once it has started, {@link Problem#NOT_VALID}
   *     for a host that is not refused, or for something else
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Rollout letThrough(long id, DespiteLockOut despite) {
    Rollout rollout = rollouts.existingForChange(id);
    letThrough.take(rollout, despite);
    return rollout;
  }

  private List<ProfileVersion> named(Map<String, Integer> versions) {
    if (versions == null || versions.isEmpty()) {
      throw DomainException.notValid("/versions", "Name at least one profile version to roll out.");
    }
    List<ProfileVersion> named = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    versions.forEach(
        (slug, number) -> {
          Optional<ProfileVersion> version =
              number == null ? Optional.empty() : profiles.version(slug, number);
          version.ifPresentOrElse(
              named::add,
              () ->
                  faults.add(
                      new Fault(
                          "/versions/" + slug,
                          "There is no version " + number + " of “" + slug + "”.")));
        });
    if (!faults.isEmpty()) {
      throw new DomainException(Problem.NOT_VALID, faults.get(0).detail(), faults);
    }
    return named;
  }
}
