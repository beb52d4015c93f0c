package dev.palisade.assignment.view;

import dev.palisade.assignment.application.ReadWaivers.Standing;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Which waivers wait for the reader's decision, and which for that of other people. */
@Named("waitingWaivers")
@RequestScoped
public class WaitingWaiversBacking {

  @Inject private WaiverListBacking waivers;

  /** Requests on which the reader can decide. */
  public List<Standing> getMine() {
    return waivers.getRequested().stream().filter(Standing::decidable).toList();
  }

  /** Requests on which only other people can decide. */
  public List<Standing> getOthers() {
    return waivers.getRequested().stream().filter(s -> !s.decidable()).toList();
  }
}
