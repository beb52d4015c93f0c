package dev.palisade.assignment;

import dev.palisade.account.Acts;
import dev.palisade.fleet.GroupChanged;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.HostGroups;
import dev.palisade.fleet.HostLabelled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes a group's waivers from hosts that the group does not hold any more. */
@ApplicationScoped
class WaiverDeparture {

  @Inject private Waivers waivers;
  @Inject private HostGroups groups;
  @Inject private Acts acts;

  void on(@Observes HostLabelled event) {
    waivers.of(event.host()).forEach(this::look);
  }

  void on(@Observes GroupChanged event) {
    waivers.open(event.slug()).forEach(this::look);
  }

  private void look(Waiver waiver) {
    if (!waiver.getState().isOpen() || waiver.getGroupSlug() == null) {
      return;
    }
    Optional<HostGroup> group = groups.find(waiver.getGroupSlug());
    Set<String> left = waiver.keep(host -> group.isPresent() && group.get().holds(host));
    if (!left.isEmpty()) {
      acts.record(
          "waiver.hosts-left",
          "waiver",
          String.valueOf(waiver.getId()),
          Map.of("hosts", List.copyOf(left), "group", waiver.getGroupSlug()));
    }
  }
}
