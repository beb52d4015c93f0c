package dev.palisade.profile.api;

import dev.palisade.profile.Emergency;
import java.time.Instant;

/** Until when further approvals are due, and when enough had come. */
public record EmergencyView(Instant until, Instant confirmedAt) {

  static EmergencyView of(Emergency emergency) {
    return emergency == null
        ? null
        : new EmergencyView(emergency.getUntil(), emergency.getConfirmedAt());
  }
}
