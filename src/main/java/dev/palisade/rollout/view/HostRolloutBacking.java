package dev.palisade.rollout.view;

import dev.palisade.audit.LockOut;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.rollout.DespiteLockOut;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.application.ReadEffective;
import dev.palisade.rollout.application.StartRollout;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Rolls the newest approved versions of its profiles out to one host. */
@Named("hostRollout")
@RequestScoped
public class HostRolloutBacking {

  @Inject private StartRollout start;
  @Inject private ReadEffective effective;

  private String name;
  private String refused;
  private String reason;
  private List<LockOut> lockOuts;

  /** Offers it, or shows what would lock people out. */
  public void rollOutNow() {
    try {
      offered(start.rollOutNow(name));
    } catch (DomainException e) {
      if (e.problem() != Problem.LOCK_OUT_RISK) {
        throw e;
      }
      PageFlow.stale(
          "/fleet/detail?name=" + PageFlow.encoded(name) + "&lockout=true",
          "Nothing was offered: " + name + " would be cut off.");
    }
  }

  /**
   * Offers it all the same.
   *
   * @param seen what names the lock-outs that the page showed
   */
  public void rollOutDespite(String seen) {
    offered(start.rollOutNow(name, new DespiteLockOut("", List.of(name), reason, seen)));
  }

  private void offered(Rollout rollout) {
    PageFlow.done(
        "/rollout/detail?id=" + rollout.getId(), "The release is offered to " + name + ".");
  }

  /** What would cut the host off now; none unless a rollout was refused for it just before. */
  public List<LockOut> getLockOuts() {
    if (lockOuts == null) {
      lockOuts = refused != null ? effective.of(name).reach().lockOuts() : List.of();
    }
    return lockOuts;
  }

  public String getLockOutDigest() {
    return LockOut.digest(getLockOuts());
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Anything where a rollout was refused for lock-outs just before, else null. */
  public String getRefused() {
    return refused;
  }

  public void setRefused(String refused) {
    this.refused = refused;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
