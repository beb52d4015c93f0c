package dev.palisade.chain;

/**
 * The newest entry of a chain.
 *
 * @param number how many entries the chain has
 * @param hash hex SHA-256 of the newest one's content
 */
public record ChainHead(long number, String hash) {

  /** The chain before its first entry, which names this hash as the one before it. */
  public static final ChainHead START = new ChainHead(0, "0".repeat(64));
}
