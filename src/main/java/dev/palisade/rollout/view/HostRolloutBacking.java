package dev.palisade.rollout.view;

import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.application.StartRollout;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Rolls the newest approved versions of its profiles out to one host. */
@Named("hostRollout")
@RequestScoped
public class HostRolloutBacking {

  @Inject private StartRollout start;

  private String name;

  public void rollOutNow() {
    Rollout rollout = start.rollOutNow(name);
    PageFlow.done(
        "/rollout/detail?id=" + rollout.getId(), "The release is offered to " + name + ".");
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
