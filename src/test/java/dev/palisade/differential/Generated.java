package dev.palisade.differential;

import java.util.Set;

/**
 * Random rules.
 *
 * @param nft a file for {@code nft -f}; empty for none
 * @param iptables a file for {@code iptables-restore}; empty for none
 * @param ip6tables the same for IPv6
 * @param features what they use besides ports, interfaces and senders
 */
public record Generated(
    long seed, String nft, String iptables, String ip6tables, Set<Feature> features) {

  /** What rules may use. */
  public enum Feature {
    LIMITS,
    SETS,
    DNAT,
    REDIRECT,
    MAPS,
    INGRESS,
    MARKS,
    JUMPS,
    /** Rules of nft and of iptables together. */
    MIXED
  }

  /** As a failing case prints them. */
  public String words() {
    return "seed " + seed + " " + features + "\n" + nft + iptables + ip6tables;
  }
}
