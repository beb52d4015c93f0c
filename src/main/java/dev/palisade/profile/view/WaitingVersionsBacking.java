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

  private static final int MAX_DRAFTS = 5;

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

  /** The first drafts that the reader began. */
  public List<VersionLine> getDrafts() {
    return drafts().stream().limit(MAX_DRAFTS).toList();
  }

  /** How many drafts of the reader there are besides. */
  public int getMoreDrafts() {
    return Math.max(0, drafts().size() - MAX_DRAFTS);
  }

  private List<VersionLine> drafts() {
    return profiles.lines().stream()
        .filter(v -> v.state() == VersionState.DRAFT && v.author().equals(actor.getName()))
        .toList();
  }
}
