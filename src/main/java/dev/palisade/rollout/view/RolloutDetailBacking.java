package dev.palisade.rollout.view;

import dev.palisade.rollout.DespiteLockOut;
import dev.palisade.rollout.HostProgress;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.RolloutState;
import dev.palisade.rollout.application.PlanRollout;
import dev.palisade.rollout.application.ReadRollouts;
import dev.palisade.rollout.application.StartRollout;
import dev.palisade.shell.view.PageFlow;
import dev.palisade.shell.view.VerdictBar;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One rollout: every host with the reason why it stands where it stands. */
@Named("rolloutDetail")
@RequestScoped
public class RolloutDetailBacking {

  private static final int IN_FULL = 50;

  @Inject private ReadRollouts rollouts;
  @Inject private StartRollout start;
  @Inject private PlanRollout plan;

  private long id;
  private String state;
  private Rollout rollout;
  private final Map<String, String> reasons = new HashMap<>();

  public Rollout getRollout() {
    if (rollout == null) {
      rollout = rollouts.rollout(id);
    }
    return rollout;
  }

  /** The hosts in the chosen state, or all. */
  public List<HostProgress> getHosts() {
    return getRollout().getHosts().stream()
        .filter(h -> state == null || state.isBlank() || h.getLook().equals(state))
        .toList();
  }

  public VerdictBar getBar() {
    return RolloutListBacking.barOf(getRollout());
  }

  public boolean isStartable() {
    return getRollout().getState() == RolloutState.DRAFT;
  }

  /** Hosts that are refused for nothing but lock-outs. */
  public List<HostProgress> getLockedOut() {
    return getRollout().getHosts().stream().filter(HostProgress::isLockedOut).toList();
  }

  /** As many of them as a page shows in full. */
  public List<HostProgress> getFirstLockedOut() {
    return getLockedOut().stream().limit(IN_FULL).toList();
  }

  public void checkAgain() {
    plan.checkAgain(id);
    shown("Every host was looked at again, by its newest evidence.");
  }

  /**
   * Takes a host in all the same.
   *
   * @param seen what names the lock-outs that the page showed
   */
  public void letThrough(String host, String seen) {
    plan.letThrough(id, new DespiteLockOut("", List.of(host), reasons.get(host), seen));
    shown(host + " takes part. The journal has who let it through, and why.");
  }

  private void shown(String message) {
    PageFlow.done("/rollout/detail?id=" + id, message);
  }

  public void start() {
    start.start(id);
    shown("The rollout has started.");
  }

  /** What was typed for each host, by its name. */
  public Map<String, String> getReasons() {
    return reasons;
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
