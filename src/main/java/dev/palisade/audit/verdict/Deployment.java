package dev.palisade.audit.verdict;

/** Whether evidence can speak about the release that a host was offered last. */
public enum Deployment {
  /** Collected after the offer, and of no other release. */
  CURRENT,
  /** Collected before the offer, or of another release. */
  OLDER
}
