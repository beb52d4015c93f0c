package dev.palisade.account;

/** What an actor may do. A use case names exactly one; a role is a set of them. */
public enum Permission {
  /** Read everything but users, the journal and raw evidence. */
  VIEW("read the portal's pages"),
  /** Read users, the journal and raw evidence. */
  VIEW_RECORDS("read users, the journal and raw evidence"),
  /** Write profiles: drafts, import, submit, withdraw. */
  AUTHOR_PROFILES("write profiles"),
  /** Approve or reject what somebody else wrote. */
  DECIDE_REVIEWS("approve or reject"),
  /** Comment on versions that are written or read. */
  COMMENT_REVIEWS("comment on versions"),
  /** Revoke waivers, whoever asked for them. */
  END_WAIVERS("revoke waivers"),
  /** Hosts, groups, tokens, assignments, parameters, waiver requests, rollouts. */
  OPERATE_FLEET("operate hosts and rollouts"),
  /** Take lists and the journal out of the portal. */
  EXPORT("export records"),
  /** Users and settings of the portal. */
  ADMINISTER("administer users"),
  /** Send evidence; only hosts, and only for themselves. */
  SEND_EVIDENCE("send evidence, which only a host does,"),
  /** Fetch releases that were offered; only hosts and delivery tokens, and only of their hosts. */
  FETCH_RELEASES("fetch releases, which only a host or a delivery token does,"),
  /** Sign what hosts are to run; only the portal itself, and only what was offered. */
  SIGN_STATEMENTS("sign statements, which only the portal does,");

  private final String phrase;

  Permission(String phrase) {
    this.phrase = phrase;
  }

  /** For a sentence: the permission to … */
  public String phrase() {
    return phrase;
  }
}
