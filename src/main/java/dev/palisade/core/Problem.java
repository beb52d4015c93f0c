package dev.palisade.core;

/**
 * Every way in which a request can fail, once. The code is part of the API: scripts may rely on it,
 * so constants are added and never renamed.
 */
public enum Problem {
  BAD_REQUEST(400, "The request cannot be read"),
  UNKNOWN_MEMBER(400, "The request has a member that is not known here"),
  NOT_AUTHENTICATED(401, "Sign in first"),
  FORBIDDEN(403, "Not allowed"),
  SAME_PERSON(403, "The author cannot decide on this content"),
  EVIDENCE_NOT_SIGNED(403, "The evidence is not signed by this host"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "This path does not take this method"),
  NOT_ACCEPTABLE(406, "This type cannot be answered here"),
  CONFLICT(409, "This does not fit the present state"),
  ALREADY_EXISTS(409, "This name is taken"),
  NOT_APPROVED(409, "Only approved versions can be rolled out"),
  LOCK_OUT_RISK(409, "People may be locked out of hosts"),
  NOTHING_TO_DO(409, "No host can take part"),
  CONTENT_CHANGED(412, "The content has changed since it was read"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_TYPE(415, "This content type is not accepted here"),
  NOT_VALID(422, "Some values are not accepted"),
  TAMPERED(500, "A release is not what was approved"),
  FAILURE(500, "The portal failed"),
  NOT_SIGNED(503, "The statement is not signed yet"),
  UNAVAILABLE(503, "The database cannot be reached");

  private final int status;
  private final String title;

  Problem(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status with which the API answers. */
  public int status() {
    return status;
  }

  /** A short English sentence, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The stable code in API answers: the constant's name in lower case with hyphens. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
