package dev.palisade.rollout.view;

import dev.palisade.rollout.HostBacklog;
import dev.palisade.rollout.VersionBacklog;
import dev.palisade.rollout.application.ReadBacklog;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was approved and is not rolled out, for the dashboard, a profile and a host. */
@Named("backlog")
@RequestScoped
public class BacklogBacking {

  @Inject private ReadBacklog read;

  private List<HostBacklog> all;
  private final Map<String, HostBacklog> byHost = new HashMap<>();

  private List<HostBacklog> all() {
    if (all == null) {
      all = read.all();
    }
    return all;
  }

  /** Approved versions that hosts were not offered, most hosts first. */
  public List<VersionBacklog> getVersions() {
    return VersionBacklog.of(all());
  }

  /** The same of one profile: one entry, or none. */
  public List<VersionBacklog> ofProfile(String slug) {
    return getVersions().stream().filter(one -> one.profile().equals(slug)).toList();
  }

  /** Hosts that run a profile that was taken from them. */
  public List<HostBacklog> getRemoved() {
    return all().stream().filter(host -> !host.removed().isEmpty()).toList();
  }

  public HostBacklog of(String host) {
    return byHost.computeIfAbsent(host, read::of);
  }
}
