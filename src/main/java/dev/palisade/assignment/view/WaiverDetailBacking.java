package dev.palisade.assignment.view;

import dev.palisade.assignment.application.DecideWaiver;
import dev.palisade.assignment.application.ReadWaivers;
import dev.palisade.assignment.application.ReadWaivers.Standing;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One waiver, and the decision on it. */
@Named("waiverDetail")
@RequestScoped
public class WaiverDetailBacking {

  @Inject private ReadWaivers read;
  @Inject private DecideWaiver decide;

  private long id;
  private String comment;
  private Standing standing;

  public Standing getStanding() {
    if (standing == null) {
      standing = read.waiver(id);
    }
    return standing;
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
    decide.revoke(id);
    done("The waiver is revoked. What was approved is asked for again.");
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
