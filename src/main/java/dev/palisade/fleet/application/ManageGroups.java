package dev.palisade.fleet.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.GroupChanged;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.HostGroups;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.Selector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

/**
 * Groups hosts by a selector and supplies parameters to all of them; what they run changes by a
 * rollout only.
 */
@ApplicationScoped
public class ManageGroups {

  /** A group and how many hosts are in it now. */
  public record Counted(HostGroup group, long hosts) {}

  @Inject private HostGroups groups;
  @Inject private Hosts hosts;
  @Inject private Event<GroupChanged> changed;
  @Inject private Acts acts;

  /** Every group, by slug. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<Counted> list() {
    var all = hosts.all();
    return groups.all().stream()
        .map(group -> new Counted(group, all.stream().filter(group::holds).count()))
        .toList();
  }

  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public HostGroup create(
      String slug, String name, String selector, Map<String, String> parameters) {
    HostGroup group = new HostGroup(slug, name, Selector.parse(selector));
    group.supply(parameters);
    if (groups.find(slug).isPresent()) {
      throw new DomainException(Problem.ALREADY_EXISTS, "There is a group “" + slug + "” already.");
    }
    groups.add(group);
    return done(group, "group.created");
  }

  /** Changes a group; null leaves a member as it is. */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public HostGroup change(
      String slug, String name, String selector, Map<String, String> parameters) {
    HostGroup group = existing(slug);
    group.describe(
        name == null ? group.getName() : name,
        Selector.parse(selector == null ? group.getSelector() : selector));
    if (parameters != null) {
      group.supply(parameters);
    }
    return done(group, "group.changed");
  }

  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public void remove(String slug) {
    HostGroup group = existing(slug);
    groups.remove(group);
    done(group, "group.removed");
  }

  private HostGroup done(HostGroup group, String act) {
    groups.flush();
    changed.fire(new GroupChanged(group.getSlug()));
    acts.record(
        act,
        "group",
        group.getSlug(),
        Map.of("selector", group.getSelector(), "parameters", group.getParameters()));
    return group;
  }

  private HostGroup existing(String slug) {
    return groups.find(slug).orElseThrow(() -> DomainException.notFound("group", slug));
  }
}
