package dev.palisade.fleet;

import java.util.List;
import java.util.Optional;

/** The store of groups. */
public interface HostGroups {

  /** Every group, by slug. */
  List<HostGroup> all();

  Optional<HostGroup> find(String slug);

  void add(HostGroup group);

  void remove(HostGroup group);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
