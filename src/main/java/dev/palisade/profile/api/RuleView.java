package dev.palisade.profile.api;

import dev.palisade.profile.ApprovalRule;

/**
 * What a profile asks for before a version is approved.
 *
 * @param emergencyWithin ISO 8601; null allows no emergency
 */
public record RuleView(int requiredApprovals, String emergencyWithin) {

  static RuleView of(ApprovalRule rule) {
    return new RuleView(
        rule.approvals(), rule.allowsEmergency() ? rule.emergencyWithin().toString() : null);
  }
}
