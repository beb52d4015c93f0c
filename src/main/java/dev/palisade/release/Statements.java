package dev.palisade.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of signed statements; none is ever changed or removed. */
public interface Statements {

  /** The newest statement of an offer. */
  Optional<Statement> newest(Offer offer);

  void add(Statement statement);

  /**
   * Newest offers of hosts that the key has not signed since a time, in a steady order.
   *
   * @param after the id of the offer after which to go on, 0 for the first
   */
  List<Offer> due(String keyId, Instant since, long after, int most);

  /** Whether this transaction, and none of another node, is the one that renews. */
  boolean claimRenewal();
}
