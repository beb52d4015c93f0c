package dev.palisade.audit;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Hosts that have something in common in a forecast. A host is in exactly one of the last three.
 */
public enum ImpactGroup {
  LOCK_OUT("lock-out", "may be locked out", HostImpact::isLockOut),
  BREAKAGE("breakage", "would lose something in use", HostImpact::isBroken),
  CHANGES("changes", "would change", HostImpact::isChanged),
  HELD("held", "already as asked", HostImpact::isHeld),
  UNKNOWN("unknown", "not known", HostImpact::isUnknown);

  private final String code;
  private final String word;
  private final Predicate<HostImpact> members;

  ImpactGroup(String code, String word, Predicate<HostImpact> members) {
    this.code = code;
    this.word = word;
    this.members = members;
  }

  /** The group with this code, if there is one. */
  public static Optional<ImpactGroup> of(String code) {
    return Arrays.stream(values()).filter(group -> group.code.equals(code)).findFirst();
  }

  /** The word used in the API and in addresses. */
  public String code() {
    return code;
  }

  /** After a number of hosts: {@code may be locked out}. */
  public String word() {
    return word;
  }

  public boolean holds(HostImpact host) {
    return members.test(host);
  }
}
