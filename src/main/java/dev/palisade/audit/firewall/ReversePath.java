package dev.palisade.audit.firewall;

import java.util.Locale;

/** How strictly the rules ask that a packet comes by the way its answer would leave. */
public enum ReversePath {
  NONE,
  LOOSE,
  STRICT;

  /** As the NixOS option has it. */
  public String option() {
    return this == NONE ? "false" : name().toLowerCase(Locale.ROOT);
  }
}
