package dev.palisade.rollout;

import dev.palisade.audit.HostReach;
import dev.palisade.audit.ReachForecast;
import dev.palisade.audit.ReachForecast.Change;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.profile.ProfileVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says of hosts whether they can take part in a rollout, when it is planned and when it starts. */
@ApplicationScoped
public class HostCheck {

  @Inject private HostVersions hostVersions;
  @Inject private ReachForecast forecast;

  /**
   * What was found about one host.
   *
   * @param content what it would get, or null where it is refused
   * @param refused why it cannot take part, or null; nobody can let it through then
   * @param reach whether people would still reach it
   */
  public record Found(HostContent content, String refused, HostReach reach) {

    /** Of a host that cannot take part. */
    public static Found refused(String why) {
      return new Found(null, why, new HostReach(List.of(), ""));
    }
  }

  /**
   * Looks at hosts by their newest evidence.
   *
   * @param named the versions that the rollout names
   * @return what was found, by the host's id
   */
  public Map<Long, Found> of(List<Host> hosts, List<ProfileVersion> named) {
    HostVersions.Resolution resolution = hostVersions.resolution(hosts.size(), named);
    Map<Long, Found> found = new HashMap<>();
    Map<Long, HostContent> contents = new HashMap<>();
    List<Change> changes = new ArrayList<>();
    for (Host host : hosts) {
      try {
        HostContent content = resolution.of(host);
        contents.put(host.id(), content);
        changes.add(new Change(host, content.next(), content.present()));
      } catch (DomainException e) {
        found.put(host.id(), Found.refused(e.detail()));
      }
    }
    Map<Long, HostReach> reach = forecast.of(changes);
    contents.forEach((id, content) -> found.put(id, new Found(content, null, reach.get(id))));
    return found;
  }
}
