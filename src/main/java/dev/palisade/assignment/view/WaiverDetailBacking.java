package dev.palisade.assignment.view;

import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.application.DecideWaiver;
import dev.palisade.assignment.application.ReadWaivers;
import dev.palisade.assignment.application.ReadWaivers.Standing;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Set;

/** One waiver, and the decision on it. */
@Named("waiverDetail")
@RequestScoped
public class WaiverDetailBacking {

  @Inject private ReadWaivers read;
  @Inject private DecideWaiver decide;

  private long id;
  private String comment;
  private Standing standing;
  private Set<String> hosts;

  public Standing getStanding() {
    if (standing == null) {
      standing = read.waiver(id);
    }
    return standing;
  }

  /** The names of its hosts, in order. */
  public Set<String> getHosts() {
    if (hosts == null) {
      hosts = read.hostNames(List.of(getStanding())).getOrDefault(id, Set.of());
    }
    return hosts;
  }

  /** What ending it now brings about, for whoever is about to. */
  public String getEnding() {
    if (getStanding().state() == WaiverState.REQUESTED) {
      return "Nobody decides on it any more. Nothing has changed by it.";
    }
    return getStanding().waiver().getEffect().isRolledOut()
        ? "Where it was rolled out, the finding is not deployed from now on, and the next rollout"
            + " brings what was approved. Nothing changes on a host before that."
        : "The finding counts again as it is, at once.";
  }

  public void approve() {
    boolean rolledOut = decide.approve(id, comment).getEffect().isRolledOut();
    done(
        rolledOut
            ? "The waiver is approved. It comes to the hosts with the next rollout."
            : "The waiver is approved and counts from now on.");
  }

  public void reject() {
    decide.reject(id, comment);
    done("The waiver is rejected.");
  }

  public void revoke() {
    boolean held = getStanding().state() == WaiverState.APPROVED;
    boolean rolledOut = decide.revoke(id).getEffect().isRolledOut();
    done(
        !held
            ? "The request is taken back. Nothing had changed by it."
            : rolledOut
                ? "The waiver is revoked. Where it was rolled out, a rollout brings what was approved."
                : "The waiver is revoked. The finding counts again as it is.");
  }

  private void done(String message) {
    PageFlow.done("/assignment/waiver?id=" + id, message);
  }

  public long getId() {
    return id;
  }

  public void setId(long id) {
    this.id = id;
  }

  public String getComment() {
    return comment;
  }

  public void setComment(String comment) {
    this.comment = comment;
  }
}
