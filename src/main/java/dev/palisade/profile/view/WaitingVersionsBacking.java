package dev.palisade.profile.view;

import dev.palisade.account.CurrentActor;
import dev.palisade.profile.VersionLine;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.ReadProfiles.Waiting;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What of profiles waits for the reader, and what waits for other people. */
@Named("waitingVersions")
@RequestScoped
public class WaitingVersionsBacking {

  @Inject private ReadProfiles profiles;
  @Inject private CurrentActor actor;

  private List<Waiting> waiting;

  private List<Waiting> waiting() {
    if (waiting == null) {
      waiting = profiles.waiting();
    }
    return waiting;
  }

  /** Versions on which the reader can decide, the most urgent first. */
  public List<VersionLine> getMine() {
    return waiting().stream().filter(Waiting::decidable).map(Waiting::line).toList();
  }

  /** Versions on which only other people can decide. */
  public List<VersionLine> getOthers() {
    return waiting().stream().filter(w -> !w.decidable()).map(Waiting::line).toList();
  }

  /** The drafts that the reader began. */
  public List<VersionLine> getDrafts() {
    return profiles.lines().stream()
        .filter(v -> v.state() == VersionState.DRAFT && v.author().equals(actor.getName()))
        .toList();
  }
}
