package dev.palisade.audit.firewall;

import org.jspecify.annotations.Nullable;

/**
 * Ports that the rules let somebody reach.
 *
 * @param proto {@code tcp} or {@code udp}
 * @param on the interface, where a trailing {@code *} stands for any rest; null for every one
 * @param only for whom, such as {@code from 10.0.0.0/8}; empty for everybody
 * @param by the chain whose rule lets them in, or the rule that translates them: {@code DNAT in
 *     nat/DOCKER}
 */
public record Opening(
    String proto, Ports ports, @Nullable String on, String only, Kind kind, String by) {

  /** Who opened it. */
  public enum Kind {
    /** Rules as NixOS writes them. */
    NIXOS,
    /** The set in which NixOS keeps ports that are open until the next reload. */
    TEMPORARY,
    /** Rules that NixOS would not write by itself. */
    HAND,
    /** Rules that send the packets to another port or host before the filter sees them. */
    TRANSLATED,
    /** Nothing is refused. */
    UNFILTERED
  }

  /** Ports on an interface, whoever may reach them and whoever let them in. */
  record Place(String proto, Ports ports, @Nullable String on) {}

  Place place() {
    return new Place(proto, ports, on);
  }

  /** As people name it: {@code 8000-8010 on wg0}. */
  public String words() {
    return ports.words() + (on == null ? "" : " on " + on) + (only.isEmpty() ? "" : " " + only);
  }

  /** Whether it is open to everybody on every interface. */
  public boolean isEverywhere() {
    return on == null && only.isEmpty();
  }

  /** Whether an interface's packets come by it. */
  public boolean covers(String name) {
    return on == null || Packets.covers(on, name);
  }
}
