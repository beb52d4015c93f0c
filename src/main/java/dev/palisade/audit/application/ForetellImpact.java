package dev.palisade.audit.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.Assignments;
import dev.palisade.assignment.HostParameters;
import dev.palisade.audit.CheckIn;
import dev.palisade.audit.HostImpact;
import dev.palisade.audit.Reports;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a version would do to the hosts that have its profile, before anybody approves it. */
@ApplicationScoped
public class ForetellImpact {

  @Inject private Profiles profiles;
  @Inject private Assignments assignments;
  @Inject private HostParameters parameters;
  @Inject private Hosts hosts;
  @Inject private Reports reports;
  @Inject private Catalog catalog;

  /** Every host that has the profile, most changes first. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<HostImpact> of(String slug, int number) {
    List<ProfileVersion> layers = Layers.of(profiles.existing(slug, number), profiles);
    return assignments.all().entrySet().stream()
        .filter(host -> host.getValue().contains(slug))
        .map(Map.Entry::getKey)
        .map(name -> hosts.find(name).orElseThrow())
        .map(host -> foretell(host, layers))
        .sorted(
            Comparator.comparing((HostImpact impact) -> -impact.changes().size())
                .thenComparing(HostImpact::host))
        .toList();
  }

  private HostImpact foretell(Host host, List<ProfileVersion> layers) {
    Optional<CheckIn> newest = reports.newest(host);
    return HostImpact.foretell(
        host.getName(),
        newest.map(CheckIn::at).orElse(null),
        newest.map(c -> c.report().read()).orElse(null),
        EffectiveProfile.of(layers, supplied(host), Missing.SHOWN, catalog));
  }

  /** Where its groups disagree, what they disagree on counts as missing. */
  private Map<String, String> supplied(Host host) {
    try {
      return parameters.supplied(host);
    } catch (DomainException e) {
      return host.getParameters();
    }
  }
}
