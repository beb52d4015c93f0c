package dev.palisade.assignment.application;

import dev.palisade.assignment.Waiver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the journal says of a waiver. */
final class WaiverRecord {

  private WaiverRecord() {}

  static Map<String, Object> of(Waiver waiver) {
    Map<String, Object> detail = new TreeMap<>();
    detail.put("for", waiver.describeTarget());
    detail.put("hosts", List.copyOf(waiver.hostNames()));
    detail.put("key", waiver.getKey());
    detail.put("effect", waiver.getEffect().code());
    if (waiver.value() != null) {
      detail.put("value", waiver.value().display());
    }
    detail.put("reason", waiver.getReason());
    detail.put("expiresAt", waiver.getExpiresAt().toString());
    detail.put("requestedBy", waiver.getRequestedBy());
    if (waiver.getComment() != null && !waiver.getComment().isEmpty()) {
      detail.put("words", waiver.getComment());
    }
    if (waiver.isByRequester()) {
      detail.put("singleOperator", true);
    }
    return detail;
  }
}
