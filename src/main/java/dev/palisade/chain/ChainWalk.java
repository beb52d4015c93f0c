package dev.palisade.chain;

import dev.palisade.core.Digest;

/** Goes through a chain from its first entry and stops at the first that is not in order. */
public final class ChainWalk {

  private ChainHead head = ChainHead.START;

  /**
   * Takes the next entry.
   *
   * @param content the text that was hashed
   * @param hash what is written beside it
   * @return the entry, which links up with those before it
   */
  public ChainEntry next(String content, String hash) throws BrokenChain {
    long number = head.number() + 1;
    if (!Digest.of(content).hex().equals(hash)) {
      throw new BrokenChain(number, "its content does not have the hash written beside it");
    }
    ChainEntry entry = read(content, number);
    if (entry.number() != number) {
      throw new BrokenChain(number, "entry " + entry.number() + " stands in its place");
    }
    if (!entry.previous().equals(head.hash())) {
      throw new BrokenChain(
          number, "it does not link up: the hash that it names is not that of the entry before it");
    }
    head = new ChainHead(number, hash);
    return entry;
  }

  private static ChainEntry read(String content, long number) throws BrokenChain {
    try {
      return ChainEntry.read(content);
    } catch (IllegalArgumentException e) {
      throw new BrokenChain(number, "its content is not an entry");
    }
  }

  /** The last entry that was in order. */
  public ChainHead head() {
    return head;
  }
}
