package dev.palisade.rollout.view;

import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.RolloutState;
import dev.palisade.rollout.application.ReadRollouts;
import dev.palisade.rollout.application.StartRollout;
import dev.palisade.shell.view.PageFlow;
import dev.palisade.shell.view.VerdictBar;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** One rollout: every host with the reason why it stands where it stands. */
@Named("rolloutDetail")
@RequestScoped
public class RolloutDetailBacking {

  @Inject private ReadRollouts rollouts;
  @Inject private StartRollout start;

  private long id;
  private String state;
  private Rollout rollout;

  public Rollout getRollout() {
    if (rollout == null) {
      rollout = rollouts.rollout(id);
    }
    return rollout;
  }

  /** The hosts in the chosen state, or all. */
  public List<HostProgress> getHosts() {
    return getRollout().getHosts().stream()
        .filter(h -> state == null || state.isBlank() || h.getState().code().equals(state))
        .toList();
  }

  public VerdictBar getBar() {
    return RolloutListBacking.barOf(getRollout());
  }

  public boolean isStartable() {
    return getRollout().getState() == RolloutState.DRAFT;
  }

  public void start() {
    start.start(id);
    PageFlow.done("/rollout/detail?id=" + id, "The rollout has started.");
  }

  public long getId() {
    return id;
  }

  public void setId(long id) {
    this.id = id;
  }

  public String getState() {
    return state;
  }

  public void setState(String state) {
    this.state = state;
  }
}
