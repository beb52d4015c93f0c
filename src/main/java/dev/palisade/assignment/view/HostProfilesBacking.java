package dev.palisade.assignment.view;

import dev.palisade.assignment.application.AssignProfiles;
import dev.palisade.profile.Profile;
import dev.palisade.profile.Profiles;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which profiles hosts are meant to have. */
@Named("hostProfiles")
@RequestScoped
public class HostProfilesBacking {

  @Inject private AssignProfiles assign;
  @Inject private Profiles profiles;

  private String name;
  private String chosen;
  private Map<String, List<String>> all;

  /** The slugs of this host's profiles, in order. */
  public List<String> getAssigned() {
    return assign.of(name);
  }

  /** A host's profiles in half a line, in the order in which later ones win. */
  public String words(String host) {
    if (all == null) {
      all = assign.all();
    }
    return all.containsKey(host) ? String.join(", then ", all.get(host)) : "none";
  }

  /** How many hosts have a profile. */
  public long with(String slug) {
    return assign.all().values().stream().filter(slugs -> slugs.contains(slug)).count();
  }

  /** The profiles that the host does not have. */
  public List<String> getChoices() {
    List<String> assigned = getAssigned();
    return profiles.all().stream()
        .map(Profile::getSlug)
        .filter(slug -> !assigned.contains(slug))
        .toList();
  }

  /** Puts the chosen one last, where it wins. */
  public void add() {
    change(next -> next.add(chosen));
  }

  public void remove(String slug) {
    change(next -> next.remove(slug));
  }

  /** Lets a profile win over the one that came after it. */
  public void lower(String slug) {
    change(
        next -> {
          int at = next.indexOf(slug);
          if (at >= 0 && at < next.size() - 1) {
            Collections.swap(next, at, at + 1);
          }
        });
  }

  private void change(Consumer<List<String>> change) {
    List<String> next = new ArrayList<>(getAssigned());
    change.accept(next);
    assign.assign(name, next);
    PageFlow.done(
        "/fleet/detail?name=" + PageFlow.encoded(name),
        "Its profiles are set. What the host runs changes with the next rollout.");
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getChosen() {
    return chosen;
  }

  public void setChosen(String chosen) {
    this.chosen = chosen;
  }
}
