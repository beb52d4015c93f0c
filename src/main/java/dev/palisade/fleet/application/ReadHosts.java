package dev.palisade.fleet.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;

/** Reads registered hosts. */
@ApplicationScoped
public class ReadHosts {

  @Inject private Hosts hosts;

  /** Hosts in whose name or labels every word occurs, by name; null or blank means all. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Host> search(String query) {
    List<String> words =
        query == null || query.isBlank()
            ? List.of()
            : List.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    return hosts.all().stream()
        .filter(
            host -> {
              String text = (host.getName() + " " + host.getLabels()).toLowerCase(Locale.ROOT);
              return words.stream().allMatch(text::contains);
            })
        .toList();
  }

  @Requires(Permission.VIEW)
  @Transactional
  public Host host(String name) {
    return hosts.find(name).orElseThrow(() -> DomainException.notFound("host", name));
  }
}
