package dev.palisade.assignment.view;

import dev.palisade.assignment.application.AssignProfiles;
import dev.palisade.profile.Profile;
import dev.palisade.profile.Profiles;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which profiles hosts are meant to have. */
@Named("hostProfiles")
@RequestScoped
public class HostProfilesBacking {

  @Inject private AssignProfiles assign;
  @Inject private Profiles profiles;

  private String name;
  private List<String> chosen;
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

  public List<String> getChoices() {
    return profiles.all().stream().map(Profile::getSlug).toList();
  }

  /** Keeps the order of those that stay and puts new ones last, where they win. */
  public void save() {
    List<String> next = new ArrayList<>(getAssigned());
    List<String> wanted = chosen == null ? List.of() : chosen;
    next.retainAll(wanted);
    wanted.stream().filter(slug -> !next.contains(slug)).forEach(next::add);
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

  public List<String> getChosen() {
    return chosen == null ? getAssigned() : chosen;
  }

  public void setChosen(List<String> chosen) {
    this.chosen = chosen;
  }
}
