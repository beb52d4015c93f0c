package dev.palisade.assignment;

import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.HostGroups;
import dev.palisade.fleet.ParametersSupplied;
import dev.palisade.profile.Layers;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the profiles of a host leave to its operator. */
@ApplicationScoped
public class HostParameters {

  @Inject private Assignments assignments;
  @Inject private Profiles profiles;
  @Inject private HostGroups groups;

  /**
   * What is supplied to a host: its own values, and those of the groups that it is in.
   *
   * @throws DomainException where two groups supply different values and the host none of its own
   */
  public Map<String, String> supplied(Host host) {
    return supplied(host, groups.all());
  }

  /**
   * What the groups of a host supply to it.
   *
   * @throws DomainException as for {@link #supplied}
   */
  public Map<String, String> byGroups(Host host) {
    return byGroups(host, groups.all());
  }

  /**
   * The same, for whoever asks about many hosts.
   *
   * @param all every group
   * @throws DomainException as for {@link #supplied(Host)}
   */
  public Map<String, String> supplied(Host host, List<HostGroup> all) {
    Map<String, String> values = byGroups(host, all);
    values.putAll(host.getParameters());
    return values;
  }

  private static Map<String, String> byGroups(Host host, List<HostGroup> all) {
    Map<String, String> values = new TreeMap<>();
    Map<String, String> from = new TreeMap<>();
    for (HostGroup group : all) {
      if (!group.getParameters().isEmpty() && group.holds(host)) {
        group
            .getParameters()
            .forEach(
                (name, value) -> {
                  String other = values.putIfAbsent(name, value);
                  String who = from.putIfAbsent(name, group.getSlug());
                  if (other != null
                      && !other.equals(value)
                      && !host.getParameters().containsKey(name)) {
                    throw new DomainException(
                        Problem.CONFLICT,
                        "Its groups %s and %s supply different values for %s; give it its own."
                            .formatted(who, group.getSlug(), name));
                  }
                });
      }
    }
    return values;
  }

  /**
   * The parameters of a host's profiles, by name.
   *
   * @return as the newest approved versions declare them, and what lies under those
   */
  public Map<String, Parameter> declared(Host host) {
    Map<String, Parameter> declared = new TreeMap<>();
    for (String slug : assignments.of(host)) {
      profiles
          .newestApproved(slug)
          .ifPresent(
              version ->
                  Layers.of(version, profiles)
                      .forEach(
                          layer ->
                              layer
                                  .content()
                                  .parameters()
                                  .forEach(p -> declared.put(p.name(), p))));
    }
    return declared;
  }

  /** Refuses values that no rollout of the present versions would accept, each by its name. */
  void check(@Observes ParametersSupplied event) {
    List<Fault> faults = new ArrayList<>();
    Map<String, String> supplied = event.host().getParameters();
    declared(event.host())
        .forEach(
            (name, parameter) -> {
              if (supplied.containsKey(name) && parameter.of(supplied.get(name)).isEmpty()) {
                faults.add(
                    new Fault(
                        "/parameters/" + name,
                        "The parameter " + name + " takes " + parameter.takes() + "."));
              }
            });
    if (!faults.isEmpty()) {
      throw new DomainException(Problem.NOT_VALID, faults.get(0).detail(), faults);
    }
  }
}
