package dev.palisade.audit.view;

import dev.palisade.audit.HostImpact;
import dev.palisade.audit.application.ForetellImpact;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What the version on the page would do to each host that has its profile. */
@Named("impact")
@RequestScoped
public class ImpactBacking {

  @Inject private ForetellImpact foretell;

  private List<HostImpact> hosts;

  public List<HostImpact> of(String slug, int number) {
    if (hosts == null) {
      hosts = foretell.of(slug, number);
    }
    return hosts;
  }

  /** The answer in a sentence. */
  public String title(List<HostImpact> impacts) {
    if (impacts.isEmpty()) {
      return "No host has this profile";
    }
    long changing = impacts.stream().filter(i -> !i.changes().isEmpty()).count();
    long unseen = impacts.stream().filter(i -> i.seenAt() == null).count();
    return changing
        + " of "
        + impacts.size()
        + (impacts.size() == 1 ? " host changes" : " hosts change")
        + (unseen == 0 ? "" : "; " + unseen + " never sent evidence");
  }
}
