package dev.palisade.assignment.view;

import dev.palisade.assignment.application.ReadWaivers;
import dev.palisade.assignment.application.ReadWaivers.Standing;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;

/** The waivers that hold the host that the address names. */
@Named("hostWaivers")
@RequestScoped
public class HostWaiversBacking {

  @Inject private ReadWaivers read;

  private String name;
  private List<Standing> all;

  /** Newest first. */
  public List<Standing> getAll() {
    if (all == null) {
      all = read.of(name);
    }
    return all;
  }

  /** The one that waits or holds for a setting, the host's own before a group's; or null. */
  public Standing open(String key) {
    return getAll().stream()
        .filter(some -> some.state().isOpen() && some.waiver().getKey().equals(key))
        .min(Comparator.comparing(some -> some.waiver().getHost() == null))
        .orElse(null);
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
