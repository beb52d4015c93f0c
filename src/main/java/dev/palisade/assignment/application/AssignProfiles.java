package dev.palisade.assignment.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.Assignments;
import dev.palisade.assignment.HostParameters;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.Profile;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says which profiles a host is meant to have, and reads it. */
@ApplicationScoped
public class AssignProfiles {

  @Inject private Assignments assignments;
  @Inject private Hosts hosts;
  @Inject private Profiles profiles;
  @Inject private HostParameters parameters;
  @Inject private Acts acts;

  /**
   * Replaces a host's profiles; what it runs changes with the next rollout only.
   *
   * @param slugs in order; later ones win
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public List<String> assign(String hostName, List<String> slugs) {
    Host host = host(hostName);
    List<Fault> faults = new ArrayList<>();
    List<Profile> chosen = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < slugs.size(); i++) {
      String slug = slugs.get(i);
      Optional<Profile> profile = slug == null ? Optional.empty() : profiles.find(slug);
      if (slug == null) {
        faults.add(new Fault("/" + i, "The slug of a profile belongs here."));
      } else if (profile.isEmpty()) {
        faults.add(new Fault("/" + i, "There is no profile “" + slug + "”."));
      } else if (!seen.add(slug)) {
        faults.add(new Fault("/" + i, "The profile “" + slug + "” stands twice in the list."));
      } else {
        chosen.add(profile.get());
      }
    }
    if (!faults.isEmpty()) {
      throw new DomainException(Problem.NOT_VALID, faults.get(0).detail(), faults);
    }
    assignments.replace(host, chosen);
    acts.record("host.profiles-assigned", "host", hostName, Map.of("profiles", slugs));
    return assignments.of(host);
  }

  /** The slugs of a host's profiles, in order. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<String> of(String hostName) {
    return assignments.of(host(hostName));
  }

  /** The slugs of every host's profiles, by host name. */
  @Requires(Permission.VIEW)
  @Transactional
  public Map<String, List<String>> all() {
    return assignments.all();
  }

  /**
   * What the host's profiles leave to its operator.
   *
   * @param own what is supplied for this host, or null
   * @param byGroup the value that a group of the host supplies, or null
   */
  public record HostParameter(Parameter parameter, String own, String byGroup) {

    /** Whether no value counts, so that a rollout refuses the host. */
    public boolean isMissing() {
      return parameter.of(own == null ? byGroup : own).isEmpty();
    }
  }

  /** What the host's profiles leave to its operator, by name. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<HostParameter> parameters(String hostName) {
    Host host = host(hostName);
    Map<String, String> byGroups = parameters.byGroups(host);
    return parameters.declared(host).values().stream()
        .map(p -> new HostParameter(p, host.getParameters().get(p.name()), byGroups.get(p.name())))
        .toList();
  }

  private Host host(String name) {
    return hosts.find(name).orElseThrow(() -> DomainException.notFound("host", name));
  }
}
