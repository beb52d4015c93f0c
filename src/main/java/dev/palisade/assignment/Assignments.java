package dev.palisade.assignment;

import dev.palisade.fleet.Host;
import dev.palisade.profile.Profile;
import java.util.List;
import java.util.Map;

/** The store of assignments. */
public interface Assignments {

  /** The slugs of a host's profiles in order; later ones win. */
  List<String> of(Host host);

  /** The same for every host that has any, by the host's name. */
  Map<String, List<String>> all();

  /** Replaces a host's profiles. */
  void replace(Host host, List<Profile> profiles);
}
