package dev.palisade.fleet.view;

import dev.palisade.core.DomainException;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.application.ManageGroups;
import dev.palisade.fleet.application.ManageGroups.Counted;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;

/** Groups of hosts, and the form for one of them or for another one. */
@Named("groupList")
@RequestScoped
public class GroupListBacking {

  private static final String PAGE = "/fleet/groups";

  @Inject private ManageGroups manage;

  private String chosen;
  private String slug;
  private String name;
  private String selector;
  private String parameters;
  private List<Counted> groups;

  public List<Counted> getGroups() {
    if (groups == null) {
      groups = manage.list();
    }
    return groups;
  }

  /** Fills the form with the group that the address names. */
  public void open() {
    if (isNew()) {
      return;
    }
    HostGroup group =
        getGroups().stream()
            .map(Counted::group)
            .filter(g -> g.getSlug().equals(chosen))
            .findFirst()
            .orElseThrow(() -> DomainException.notFound("group", chosen));
    name = group.getName();
    selector = group.getSelector();
    parameters = Pairs.write(group.getParameters());
  }

  /** How many hosts the group that the address names picks now. */
  public long getMembers() {
    return getGroups().stream()
        .filter(g -> g.group().getSlug().equals(chosen))
        .mapToLong(Counted::hosts)
        .sum();
  }

  public boolean isNew() {
    return chosen == null || chosen.isBlank();
  }

  public void save() {
    Map<String, String> supplied =
        Pairs.read("/parameters", parameters, "Parameters look like lan=br0 mgmt=wg0.");
    HostGroup saved =
        isNew()
            ? manage.create(slug, name, selector, supplied)
            : manage.change(chosen, name, selector, supplied);
    PageFlow.done(PAGE, saved.getSlug() + " is saved. What hosts run changes with a rollout.");
  }

  public void remove() {
    manage.remove(chosen);
    PageFlow.done(PAGE, chosen + " is gone. What hosts run changes with a rollout.");
  }

  public String getChosen() {
    return chosen;
  }

  public void setChosen(String chosen) {
    this.chosen = chosen;
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getSelector() {
    return selector;
  }

  public void setSelector(String selector) {
    this.selector = selector;
  }

  public String getParameters() {
    return parameters;
  }

  public void setParameters(String parameters) {
    this.parameters = parameters;
  }
}
