package dev.palisade.differential;

/**
 * What the programs print of rules that were loaded.
 *
 * @param failure why the kernel did not take them; empty where it did
 * @param nft of {@code nft -s -j list ruleset}
 * @param iptables of {@code iptables-save}
 * @param ip6tables of {@code ip6tables-save}
 */
public record Loaded(String failure, String nft, String iptables, String ip6tables) {}
