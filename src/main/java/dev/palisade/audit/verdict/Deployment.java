package dev.palisade.audit.verdict;

/** Whether evidence can speak about the release that a host was offered last. */
public enum Deployment {
  /** Collected after the offer, and of no other release. */
  CURRENT,
  /**
   * A dump, which cannot name a release, from a host that never fetched any: somebody may have
   * carried the release there by hand.
   */
  BY_HAND,
  /** Collected before the offer, or of another release. */
  OLDER
}
