package dev.palisade.account;

/** What an actor may do. A use case names exactly one; a role is a set of them. */
public enum Permission {
  /** Read everything but users, the journal and raw evidence. */
  VIEW,
  /** Read users, the journal and raw evidence. */
  VIEW_RECORDS,
  /** Write profiles: drafts, import, submit, withdraw. */
  AUTHOR_PROFILES,
  /** Approve or reject what somebody else wrote. */
  DECIDE_REVIEWS,
  /** Hosts, groups, tokens, assignments, parameters, waiver requests, rollouts. */
  OPERATE_FLEET,
  /** Take lists and the journal out of the portal. */
  EXPORT,
  /** Users and settings of the portal. */
  ADMINISTER,
  /** Send evidence; only hosts, and only for themselves. */
  SEND_EVIDENCE,
  /** Fetch releases that were offered; only hosts, and only their own. */
  FETCH_RELEASES
}
