package dev.palisade.audit.firewall;

/** A question about a firewall that rules may leave open. */
public enum Topic {
  /** Whether it refuses anything at all. */
  FILTER,
  TCP,
  UDP,
  /** What comes in by single interfaces. */
  INTERFACES,
  PING,
  REVERSE_PATH,
  LOGGING
}
