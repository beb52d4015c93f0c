package dev.palisade.audit.firewall;

import org.jspecify.annotations.Nullable;

/**
 * What a rule of a nat chain makes of the place that a packet goes to.
 *
 * @param words what the rule is called, such as {@code DNAT}
 * @param here whether the packet goes to this host, as with a redirect; otherwise it may go
 *     anywhere
 * @param to the ports it goes to; null where they stay the same
 * @param shown whether the rule's target is in the evidence at all
 */
record Translation(String words, boolean here, @Nullable Ports to, boolean shown) {

  /** A rule of which only the name is known. */
  static Translation hidden(String words) {
    return new Translation(words, false, null, false);
  }

  /** The same rule with other ports. */
  static Translation to(String words, boolean here, @Nullable Ports ports) {
    return new Translation(words, here, ports, true);
  }
}
