package dev.palisade.rollout.view;

import dev.palisade.fleet.Selector;
import dev.palisade.rollout.VersionBacklog;
import dev.palisade.rollout.application.PlanRollout;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** The form that plans a rollout of one approved version to the hosts that were not offered it. */
@Named("rolloutCreate")
@RequestScoped
public class RolloutCreateBacking {

  private static final int LONGEST_SELECTOR = 4_000;

  @Inject private PlanRollout plan;
  @Inject private BacklogBacking backlog;

  private String profile = "";
  private int number;
  private String name;
  private String selector;

  /** Opens the form for a version that there is; without one there is nothing to roll out. */
  public void open() {
    plan.version(profile, number);
  }

  /** Plans it and shows the plan; nothing is offered before somebody starts it. */
  public void plan() {
    long id = plan.plan(name, Selector.parse(selector), Map.of(profile, number), null).getId();
    PageFlow.done(
        "/rollout/detail?id=" + id, "The rollout is planned. Nothing is offered before its start.");
  }

  /** Proposed until something is typed. */
  public String getName() {
    return name == null ? "Roll out " + profile + " v" + number : name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Proposed until something is typed: the hosts with the profile that were not offered it. */
  public String getSelector() {
    return selector == null ? proposed() : selector;
  }

  private String proposed() {
    List<String> hosts =
        backlog.ofProfile(profile).stream()
            .map(VersionBacklog::hosts)
            .findFirst()
            .orElse(List.of());
    String named = "name in (" + String.join(", ", hosts) + ")";
    return hosts.isEmpty() || named.length() > LONGEST_SELECTOR ? "all" : named;
  }

  public void setSelector(String selector) {
    this.selector = selector;
  }

  public String getProfile() {
    return profile;
  }

  public void setProfile(String profile) {
    this.profile = profile;
  }

  public int getNumber() {
    return number;
  }

  public void setNumber(int number) {
    this.number = number;
  }
}
