package dev.palisade.account;

import static dev.palisade.account.Permission.ADMINISTER;
import static dev.palisade.account.Permission.AUTHOR_PROFILES;
import static dev.palisade.account.Permission.COMMENT_REVIEWS;
import static dev.palisade.account.Permission.DECIDE_REVIEWS;
import static dev.palisade.account.Permission.END_WAIVERS;
import static dev.palisade.account.Permission.EXPORT;
import static dev.palisade.account.Permission.OPERATE_FLEET;
import static dev.palisade.account.Permission.VIEW;
import static dev.palisade.account.Permission.VIEW_RECORDS;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A role that a person may hold; several at once are possible and their permissions add up. */
public enum Role {
  VIEWER(EnumSet.of(VIEW)),
  AUTHOR(EnumSet.of(VIEW, VIEW_RECORDS, AUTHOR_PROFILES, COMMENT_REVIEWS)),
  APPROVER(EnumSet.of(VIEW, VIEW_RECORDS, DECIDE_REVIEWS, COMMENT_REVIEWS, END_WAIVERS)),
  OPERATOR(EnumSet.of(VIEW, VIEW_RECORDS, OPERATE_FLEET, END_WAIVERS)),
  AUDITOR(EnumSet.of(VIEW, VIEW_RECORDS, EXPORT)),
  ADMINISTRATOR(EnumSet.of(VIEW, VIEW_RECORDS, ADMINISTER));

  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = Set.copyOf(permissions);
  }

  public Set<Permission> permissions() {
    return permissions;
  }

  /** The word used in the API and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
