package dev.palisade.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of hosts. */
public interface Hosts {

  /** Every host, by name in the order of its characters. */
  List<Host> all();

  Optional<Host> find(String name);

  /** The host whose token, or former token within its grace time, has this hash. */
  Optional<Host> byTokenHash(byte[] hash, Instant now);

  void add(Host host);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
