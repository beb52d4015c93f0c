package dev.palisade.assignment;

import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.ParametersSupplied;
import dev.palisade.profile.Layers;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the profiles of a host leave to its operator. */
@ApplicationScoped
public class HostParameters {

  @Inject private Assignments assignments;
  @Inject private Profiles profiles;

  /**
   * The parameters of a host's profiles, by name.
   *
   * @return as the newest approved versions declare them, and what lies under those
   */
  public Map<String, Parameter> declared(Host host) {
    Map<String, Parameter> declared = new TreeMap<>();
    for (String slug : assignments.of(host)) {
      newestApproved(slug)
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

  private Optional<ProfileVersion> newestApproved(String slug) {
    return profiles.versions(slug).stream()
        .filter(version -> version.getState() == VersionState.APPROVED)
        .findFirst();
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
