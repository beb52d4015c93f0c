package dev.palisade.journal;

import dev.palisade.chain.BrokenChain;
import dev.palisade.chain.ChainHead;
import java.util.Optional;

/**
 * What came of going through the whole journal.
 *
 * @param head the newest entry, in order or not
 * @param firstBad the first entry that is not as it was written
 */
public record Verification(ChainHead head, Optional<BrokenChain> firstBad) {

  public boolean ok() {
    return firstBad.isEmpty();
  }
}
